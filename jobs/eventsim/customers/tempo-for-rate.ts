import type { Song } from "../../../lake/reference";
import { expectedVisits } from "./journey";
import { counterShare } from "./life";
import { awayShare, gapSpread, paidShare } from "./profile";
import { cancelled, dwell, listening, loggedOut, oneMorePurchase, wrongPassword } from "./session";
import type { Tempo } from "./tempo";
import type { World } from "./world";

const dayMs = 86_400_000;

const personYearMs = 365 * dayMs;

/** A person's mean gap between sessions: about three visits in two days. */
const personGapMs = 14 * 3_600_000;

/** The shortest mean gap between sessions: even customers who are nearly always there come and go. */
const shortestGapMs = 30_000;

/** A day of people's time when a rate is given: real days would be too long for a short run. */
const shortDayMs = 20_000;

interface SessionFigures {
  readonly sessionMs: number;
  readonly eventsPerSession: number;
  readonly cancellationsPerSession: number;
}

/** Expected figures of a session, over all its possible courses. */
function sessionFigures(world: World): SessionFigures {
  const weigh = (item: Song) => item.popularity;
  const popularity = world.songs.items.reduce((sum, song) => sum + weigh(song), 0);
  const songMs =
    world.songs.items.reduce((sum, song) => sum + song.duration_ms * weigh(song), 0) / popularity;
  const mean = ([low, high]: readonly [number, number]) => (low + high) / 2;
  const { skipped, partly, skipMs, part } = listening;
  const listenMs = skipped * mean(skipMs) + partly * mean(part) * songMs + (1 - skipped - partly) * songMs;
  const pageMs = dwell.medianMs * Math.exp(dwell.spread ** 2 / 2);
  const of = { free: expectedVisits("free"), paid: expectedVisits("paid") };
  const visits = (step: Parameters<typeof of.free.get>[0]) =>
    paidShare * (of.paid.get(step) ?? 0) + (1 - paidShare) * (of.free.get(step) ?? 0);
  const all = [...of.free.keys()].reduce((sum, step) => sum + (step === "exit" ? 0 : visits(step)), 0);
  const pages = all - visits("listen");
  const purchases = visits("checkout") / (1 - oneMorePurchase);
  const logIns = 1 / (1 - wrongPassword);
  return {
    sessionMs: visits("listen") * listenMs + (pages + loggedOut) * pageMs + purchases * pageMs * 0.5,
    eventsPerSession: all + purchases + logIns + loggedOut + counterShare,
    cancellationsPerSession: visits("settings") * cancelled,
  };
}

function awayMs(gapMs: number, figures: SessionFigures): number {
  const memberMs = (gapMs + figures.sessionMs) / figures.cancellationsPerSession;
  return (memberMs * awayShare) / (1 - awayShare);
}

/** The tempo of people, with day and night and some visits a week. */
export function personTempo(world: World): Tempo {
  const figures = sessionFigures(world);
  return {
    gapMs: personGapMs,
    sessionMs: figures.sessionMs,
    rhythm: true,
    compression: 1,
    returnDayMs: dayMs,
    awayMs: awayMs(personGapMs, figures),
    yearMs: personYearMs,
  };
}

/** Sessions per ms for a mean gap, averaged over customers by an integral over their gap factors. */
function sessionsPerMs(gapMs: number, sessionMs: number): number {
  let sum = 0;
  let weights = 0;
  for (let z = -6; z <= 6; z += 0.05) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight / (sessionMs + gapMs * Math.exp(gapSpread * z));
    weights += weight;
  }
  return sum / weights;
}

/**
 * The tempo at which `users` make `eventsPerSecond` on average. It sets the gaps between visits; when even customers who
 * are always there would be too few, all of them act faster.
 */
export function tempoForRate(world: World, users: number, eventsPerSecond: number): Tempo {
  const figures = sessionFigures(world);
  const { sessionMs, eventsPerSession } = figures;
  const rateAt = (gapMs: number) =>
    users * (1 - awayShare) * eventsPerSession * sessionsPerMs(gapMs, sessionMs) * 1000;
  let low = shortestGapMs;
  let high = 1000 * 365 * dayMs;
  while (high / low > 1.0001) {
    const middle = Math.sqrt(low * high);
    if (rateAt(middle) > eventsPerSecond) low = middle;
    else high = middle;
  }
  const compression = Math.max(1, eventsPerSecond / rateAt(shortestGapMs));
  return {
    gapMs: low,
    sessionMs,
    rhythm: false,
    compression,
    returnDayMs: shortDayMs * compression,
    awayMs: awayMs(low, figures),
    yearMs: (personYearMs * (low + sessionMs)) / (personGapMs + sessionMs),
  };
}
