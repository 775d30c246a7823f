import type { HopName } from "./hop-names";
import type { Flow } from "./observer";

export interface Hop {
  readonly name: HopName;
  readonly records: number;
  /** Records of the hop before it that this one still lacks. */
  readonly lag: number;
  /** When the newest record that is here arrived in Kafka, milliseconds since 1970. */
  readonly newestMs?: number | undefined;
}

/** The hops that data takes, in order. */
export function hops(flow: Flow): Hop[] {
  const landed = flow.bronze + flow.quarantine;
  const taken: Hop[] = [
    { name: "kafka", records: flow.kafka, lag: 0 },
    { name: "bronze", records: landed, lag: flow.kafka - landed, newestMs: flow.newest.bronze },
    { name: "silver", records: flow.silver, lag: landed - flow.silver, newestMs: flow.newest.silver },
    { name: "gold", records: flow.gold, lag: flow.silver - flow.gold, newestMs: flow.newest.gold },
    { name: "clickhouse", records: flow.served, lag: flow.gold - flow.served, newestMs: flow.newest.served },
  ];
  // Each hop was asked at its own moment: one may be a little ahead of what the hop before it said.
  return taken.map((hop) => ({ ...hop, lag: Math.max(0, hop.lag) }));
}
