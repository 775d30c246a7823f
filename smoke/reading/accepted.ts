import { batchOfRow } from "./batch-of-row";
import { futureLimitHours, lateLimitDays } from "../../lake/limits";

/** Condition on bronze: the event came in time for silver. */
export const accepted =
  `event_time >= kafka_timestamp - INTERVAL ${lateLimitDays} DAY ` +
  `AND event_time <= kafka_timestamp + INTERVAL ${futureLimitHours} HOUR`;

/** Order in which events arrived in the lake, for files of bronze: of those with one id silver keeps the first. */
export const arrivalOrder = `tuple(${batchOfRow}, kafka_timestamp, kafka_partition, kafka_offset)`;

/** Whole cents of a gold amount, which is a double. */
export function cents(column: string): string {
  return `toInt64(round(${column} * 100))`;
}
