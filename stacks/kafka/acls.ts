import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import type { KafkaClient } from "../names";

type Operation = "Read" | "Write" | "Describe" | "DescribeConfigs" | "Delete";

/** What one client may do with one topic, group or the cluster. */
export interface Acl {
  readonly resource:
    | { readonly type: "topic" | "group"; readonly name: string; readonly patternType: "literal" | "prefix" }
    | { readonly type: "cluster" };
  readonly operations: Operation[];
}

function topic(name: string, ...operations: Operation[]): Acl {
  return { resource: { type: "topic", name, patternType: "literal" }, operations };
}

const anyTopic = { type: "topic", name: "*", patternType: "literal" } as const;
const anyGroup = { type: "group", name: "*", patternType: "literal" } as const;

/** What each client does with Kafka, and nothing more. Write brings Describe with it, and so does Read. */
export const acls: Readonly<Record<KafkaClient, readonly Acl[]>> = {
  eventsim: [...eventTopics, ledgerTopic, fraudTruthTopic].map((name) => topic(name, "Write", "Describe")),
  // Spark assigns partitions by itself and keeps its offsets on HDFS: it joins no group.
  bronze: eventTopics.map((name) => topic(name, "Read", "Describe")),
  // Reads what it compares and sends its probes. The ground truth of fraud it only sees to be there.
  smoke: [
    ...[...eventTopics, ledgerTopic].map((name) => topic(name, "Read", "Write", "Describe")),
    topic(fraudTruthTopic, "Describe"),
    {
      resource: { type: "group", name: "smoke-", patternType: "prefix" },
      operations: ["Read", "Describe", "Delete"],
    },
  ],
  // Asks how far the topics are, and reads no record.
  watchdog: eventTopics.map((name) => topic(name, "Describe")),
  // A person looks, and changes nothing.
  akhq: [
    { resource: anyTopic, operations: ["Read", "Describe", "DescribeConfigs"] },
    { resource: anyGroup, operations: ["Read", "Describe"] },
    { resource: { type: "cluster" }, operations: ["Describe", "DescribeConfigs"] },
  ],
};
