import type { PageViewEvent } from "../../../lake/events";
import { Weighted } from "../random/weighted";
import type { Level } from "./profile";

/** A customer's next step within a session. */
export type Step = PageViewEvent["page"] | "listen" | "exit";

type Weights = Partial<Record<Step, number>>;

/** For each step, the weights of the steps that follow it. */
const everyone: Record<Exclude<Step, "exit">, Weights> = {
  home: {
    listen: 40,
    search: 16,
    playlist: 14,
    artist: 6,
    shop: 11,
    settings: 2.5,
    help: 0.7,
    about: 0.5,
    exit: 4,
  },
  search: { listen: 40, artist: 20, album: 16, search: 12, home: 6, error: 1, exit: 2 },
  artist: { listen: 40, album: 26, shop: 13, artist: 5, home: 8, exit: 2 },
  album: { listen: 64, artist: 10, shop: 8, home: 8, exit: 2 },
  playlist: { listen: 80, home: 8, playlist: 5, exit: 2 },
  listen: { listen: 58, home: 10, search: 8, playlist: 6, artist: 5, album: 4, shop: 6, exit: 3.6 },
  shop: { checkout: 58, shop: 18, home: 12, listen: 9, exit: 3 },
  checkout: { home: 40, listen: 38, shop: 15, error: 1, exit: 5 },
  upgrade: { home: 65, listen: 25, exit: 6 },
  downgrade: { home: 60, settings: 10, exit: 10 },
  settings: { home: 55, listen: 20, help: 8, about: 3, exit: 6 },
  help: { home: 60, settings: 10, about: 5, exit: 8 },
  about: { home: 75, exit: 10 },
  error: { home: 50, search: 45, exit: 5 },
};

const additions: Record<Level, Partial<Record<Step, Weights>>> = {
  free: { home: { upgrade: 1.2 }, settings: { upgrade: 6 } },
  paid: { settings: { downgrade: 10 } },
};

function weights(level: Level, step: Exclude<Step, "exit">): [Step, number][] {
  return Object.entries({ ...everyone[step], ...additions[level][step] }) as [Step, number][];
}

/** Every step except `exit`. */
export const steps = Object.keys(everyone) as Exclude<Step, "exit">[];

function tables(level: Level): ReadonlyMap<Step, Weighted<[Step, number]>> {
  return new Map(steps.map((step) => [step, new Weighted(weights(level, step), ([, weight]) => weight)]));
}

export const journey: Record<Level, ReturnType<typeof tables>> = {
  free: tables("free"),
  paid: tables("paid"),
};

/** How often each step is taken on average in a session that begins at `home`. */
export function expectedVisits(level: Level): Map<Step, number> {
  const visits = new Map<Step, number>();
  let here = new Map<Step, number>([["home", 1]]);
  while ([...here.values()].some((amount) => amount > 1e-9)) {
    const next = new Map<Step, number>();
    for (const [step, amount] of here) {
      visits.set(step, (visits.get(step) ?? 0) + amount);
      if (step === "exit") continue;
      const onward = weights(level, step);
      const total = onward.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [to, weight] of onward) next.set(to, (next.get(to) ?? 0) + (amount * weight) / total);
    }
    here = next;
  }
  return visits;
}
