import { Kafka, logLevel } from "kafkajs";
import { kafkaConnection } from "../../lake/kafka-security";
import { topicConfig, topics } from "../../lake/topics";

/** Creates the lake's topics where they are not there yet; those that are stay as they are. */
export async function createTopics(bootstrap: string): Promise<void> {
  const admin = new Kafka({
    clientId: "create-topics",
    ...kafkaConnection(bootstrap),
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !there.has(topic.name));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic: topic.name,
        numPartitions: topic.partitions,
        replicationFactor: 1,
        configEntries: Object.entries(topicConfig(topic)).map(([name, value]) => ({ name, value })),
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
