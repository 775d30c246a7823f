import { eventSchemas, eventTopics } from "./events";

/** A Kafka topic. Records are keyed by customer, so that one customer's events keep their order. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  /** How long Kafka keeps a record: longer than the longest outage of bronze that must not lose data. */
  readonly retentionHours: number;
  readonly cleanupPolicy: "delete" | "compact";
  readonly doc: string;
}

/** Counts of what EventSim and the smoke probe sent. Compacted: the newest record of a key is the valid one. */
export const ledgerTopic = "eventsim_ledger";

/** Which events were fraud, and of what kind. No model reads it. */
export const fraudTruthTopic = "fraud_truth";

const retentionHours = 7 * 24;

export const topics: readonly Topic[] = [
  ...eventTopics.map((name) => ({
    name,
    partitions: 3,
    retentionHours,
    cleanupPolicy: "delete" as const,
    doc: eventSchemas[name].topicDoc,
  })),
  {
    name: ledgerTopic,
    partitions: 1,
    retentionHours,
    cleanupPolicy: "compact",
    doc: "Counts of what was sent, by topic and event hour",
  },
  {
    name: fraudTruthTopic,
    partitions: 1,
    retentionHours,
    cleanupPolicy: "delete",
    doc: "Ground truth of fraud, for benchmarks only",
  },
];

/** A topic's settings under Kafka's names. */
export function topicConfig({ cleanupPolicy, retentionHours }: Topic) {
  return {
    // Bronze is partitioned by arrival, which is a time of the broker's clock and not of the producer's.
    "message.timestamp.type": "LogAppendTime",
    "cleanup.policy": cleanupPolicy,
    "retention.ms": String(retentionHours * 3_600_000),
  } as const;
}
