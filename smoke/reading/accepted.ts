import { batchOfRow } from "./batch-of-row";
import { futureLimitHours, lateLimitDays } from "../../lake/limits";

/** SQL condition on rows of bronze: the event arrived in time for silver. */
export const accepted =
  `event_time >= kafka_timestamp - INTERVAL ${lateLimitDays} DAY ` +
  `AND event_time <= kafka_timestamp + INTERVAL ${futureLimitHours} HOUR`;

/** SQL of the order in which events arrived, over files of bronze: of events with one id, silver keeps the first. */
export const arrivalOrder = `tuple(${batchOfRow}, kafka_timestamp, kafka_partition, kafka_offset)`;

/** SQL of a gold amount, which is a double, in whole cents. */
export function cents(column: string): string {
  return `toInt64(round(${column} * 100))`;
}
