import type { Profile } from "../../profiles";
import type { KafkaUser } from "../../profiles/schema/kafka";
import { akhq } from "./akhq";
import { bronze } from "./bronze";
import { consolePage } from "./console";
import { clickhouseBackup } from "./clickhouse-backup";
import { eventsim } from "./eventsim";
import { gold, silver } from "./layers";
import type { Part } from "./part";
import { serve } from "./serve";
import { smoke } from "./smoke";
import { watchdog } from "./watchdog";

/** The parts that log in to Kafka, each as its own user. */
export const kafkaParts = {
  eventsim,
  bronze,
  smoke,
  watchdog,
  akhq,
  console: consolePage,
} as const satisfies Record<KafkaUser, Part>;

/** Every part that uses the stores (Kafka, HDFS, ClickHouse), by the name of its peer in the network's edges. */
export const parts = {
  eventsim,
  bronze,
  silver,
  gold,
  serve,
  clickhouseBackup,
  smoke,
  watchdog,
  akhq,
  console: consolePage,
} as const;

export type PartName = keyof typeof parts;

/** The parts that a profile has. */
export function partsOf(profile: Profile): (readonly [PartName, Part])[] {
  return (Object.entries(parts) as [PartName, Part][]).filter(([, { isThere }]) => isThere(profile));
}
