import type { HopName } from "./hop-names";
import type { Flow } from "./observer";

export interface Hop {
  readonly name: HopName;
  readonly records: number;
  /** Records of the previous hop that this one does not have yet. */
  readonly lag: number;
  /** When this hop's newest record arrived in Kafka, milliseconds since 1970. */
  readonly newestMs?: number | undefined;
}

/** The hops of the data in order, each with its lag behind the hop before. */
export function hops(flow: Flow): Hop[] {
  const landed = flow.bronze + flow.quarantine;
  const taken: Hop[] = [
    { name: "kafka", records: flow.kafka, lag: 0 },
    { name: "bronze", records: landed, lag: flow.kafka - landed, newestMs: flow.newest.bronze },
    { name: "silver", records: flow.silver, lag: landed - flow.silver, newestMs: flow.newest.silver },
    { name: "gold", records: flow.gold, lag: flow.silver - flow.gold, newestMs: flow.newest.gold },
    { name: "clickhouse", records: flow.served, lag: flow.gold - flow.served, newestMs: flow.newest.served },
  ];
  // Hops are read at different moments: one may be slightly ahead of the figure of the hop before it.
  return taken.map((hop) => ({ ...hop, lag: Math.max(0, hop.lag) }));
}
