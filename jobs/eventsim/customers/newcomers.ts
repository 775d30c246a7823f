import { hash } from "../random/hash";
import type { SimulationOptions } from "../simulation-options";

const arrivals = 0xa221;

/**
 * People who become customers while the simulation runs. Each has a slot of time, and registers at a random moment
 * within it, so that a shard knows its newcomers without the other shards.
 */
export class Newcomers {
  /** Virtual time of the next one, ms since 1970. */
  due: number;
  private index: number;
  private readonly slotMs: number;

  constructor(private readonly options: SimulationOptions) {
    const { users, shard, growth, tempo } = options;
    this.slotMs = tempo.yearMs / (users * growth);
    this.index = users + ((((shard.part - 1 - users) % shard.of) + shard.of) % shard.of);
    this.due = this.arrival();
  }

  /** Takes the next newcomer. */
  next(): { index: number; due: number } {
    const { index, due } = this;
    this.index += this.options.shard.of;
    this.due = this.arrival();
    return { index, due };
  }

  private arrival(): number {
    const { users, growth, seed, from } = this.options;
    if (growth === 0) return Infinity;
    const within = hash(seed, from, arrivals, this.index) / 0x100000000;
    return Math.round(from + (this.index - users + within) * this.slotMs);
  }
}
