import { ci } from "../../profiles/ci";
import { kind } from "../../profiles/kind";
import type { Profile } from "../../profiles";
import type { StrimziKafka } from "../../profiles/schema/kafka";
import { brokerStorageClass } from "./kafka/broker-storage";

/** Profile `kind` always has Strimzi's Kafka; its type also allows an external one. */
function ofStrimzi({ kafka }: Profile): StrimziKafka {
  if (kafka.mode !== "strimzi")
    throw new Error(`profile kind: kafka.mode: got ${kafka.mode}, allowed: strimzi`);
  return kafka;
}

const kafka = ofStrimzi(kind);

/**
 * Profile `kind` with its Kafka, Strimzi and AKHQ, reduced to one node with 2 CPU that provisions no volumes and pulls no
 * ClickHouse image.
 */
export const profile: Profile = {
  ...ci,
  name: "node-kind",
  operators: {
    ...ci.operators,
    installStrimzi: true,
    strimzi: { ...kind.operators.strimzi, size: { ...kind.operators.strimzi.size, cpuMillis: 50 } },
  },
  kafka: {
    ...kafka,
    node: { ...kafka.node, cpuMillis: 150 },
    topicOperator: { ...kafka.topicOperator, cpuMillis: 20 },
    userOperator: { ...kafka.userOperator, cpuMillis: 20 },
    storage: { kind: "claim", sizeGibibytes: 10, storageClass: brokerStorageClass },
  },
  akhq: { ...kind.akhq, size: { ...kind.akhq.size, cpuMillis: 50 } },
};
