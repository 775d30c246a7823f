import { xoroshiro128plus, type RandomGenerator } from "pure-rand";
import { hash } from "./hash";

/** A stream of random draws that depends only on the integers that it is created with. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(...origin: readonly number[]) {
    const state = [1, 2, 3, 4].map((word) => hash(word, ...origin) | 0);
    this.generator = xoroshiro128plus.fromState(state);
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return (this.generator.unsafeNext() >>> 0) / 0x100000000;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** Uniform integer, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  /** Log-normal with the given median; `spread` is the standard deviation of its logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return radius * Math.cos(2 * Math.PI * this.unit());
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.unit() * items.length)];
    if (item === undefined) throw new RangeError("there is nothing to pick from");
    return item;
  }
}
