import type { Flow } from "./observer";

/** A whole number with separated thousands. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Partitions that give no new records until a transaction is ended. */
function heldLines({ held }: Pick<Flow, "held">): string[] {
  return held.map(
    ({ topic, partition, offset, offsetsBehind }) =>
      `${topic} partition ${partition} waits for an open transaction (from offset ${offset} on, ${grouped(offsetsBehind)} offsets)`,
  );
}

/** Records of Kafka that will never reach the lake, or that wait. */
export function warningLines(flow: Pick<Flow, "lost" | "readAnew" | "held">): string[] {
  const lost = `${grouped(flow.lost)} records were deleted by Kafka before they were read; bronze's log says which`;
  const anew = flow.readAnew.map(
    (topic) =>
      `${topic} was made anew: what it held before and bronze had not read is lost; bronze's log says from which offset on`,
  );
  return [...(flow.lost > 0 ? [lost] : []), ...anew, ...heldLines(flow)];
}
