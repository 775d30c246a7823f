import { makeCatalogue } from "./catalogue";
import { personTempo, tempoForRate } from "./customers/tempo-for-rate";
import { World } from "./customers/world";
import { Faults } from "./faults/faults";
import { Feed, type Schedule } from "./feed";
import type { RunOptions } from "./options";
import { atOnce, perSecond, whenDue, type Pace } from "./pace";
import { runName, Simulation } from "./simulation";

/** Default number of customers for each event per second: with this many, they hardly act faster than people. */
const usersPerEventPerSecond = 50;
const fewestUsers = 1000;
const mostUsers = 200_000;

export interface Plan {
  readonly feed: Feed;
  readonly pace: Pace;
  /** What the user should know before the start. */
  readonly remarks: readonly string[];
}

function defaultUsers(rate: number | undefined): number {
  if (rate === undefined) return fewestUsers;
  return Math.min(mostUsers, Math.max(fewestUsers, Math.ceil(rate * usersPerEventPerSecond)));
}

/** Sends records evenly, `rate` a second, from a time on. */
function evenly(from: number, rate: number, to: number): Schedule {
  return { to, at: (index) => Math.floor(from + (index * 1000) / rate) };
}

/**
 * Everything that a run needs, except its sink.
 *
 * Virtual time: the run has all events between `from` and `to`, at people's tempo.
 * Real time: the run starts now; when a rate is given, events come at that rate, without day and night.
 * @param from start of the simulation, ms since 1970
 * @param clock returns the time at which the first record can be sent: creating the customers takes a while
 */
export function plan(options: RunOptions, from: number, clock: () => number): Plan {
  const { seed, shard, growth, rate, to } = options;
  const world = new World(makeCatalogue(), seed);
  const real = to === undefined;
  const users = options.users ?? defaultUsers(real ? rate : undefined);
  const tempo =
    real && rate !== undefined
      ? tempoForRate(world, users, rate / (1 + options.duplicates * (1 - options.malformed)))
      : personTempo(world);
  const ofShard = Math.ceil((users - shard.part + 1) / shard.of);
  const run = runName(seed, from);
  const simulation = new Simulation({ world, tempo, seed, from, run, users, shard, growth });
  const start = real ? clock() : from;
  const end = to ?? (options.for === undefined ? Infinity : start + options.for * 1000);
  const schedule =
    real && rate !== undefined
      ? evenly(start, (rate * ofShard) / users, end)
      : { to: end, at: () => undefined };
  const remarks =
    tempo.compression > 1.05
      ? [
          `with ${users.toLocaleString("en")} customers, ${rate?.toLocaleString("en")} events/s means each acts ` +
            `${tempo.compression.toFixed(1)} times as fast as a person`,
        ]
      : [];
  return {
    feed: new Feed(simulation, new Faults(options, seed, from), schedule),
    pace: real ? whenDue : rate === undefined ? atOnce : perSecond(rate),
    remarks,
  };
}
