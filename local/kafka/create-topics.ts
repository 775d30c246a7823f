import { openKafka } from "../../jobs/kafka/open";
import { topicConfig, topics } from "../../lake/topics";

/** Creates the lake's topics that don't exist yet; existing ones stay as they are. */
export async function createTopics(bootstrap: string): Promise<void> {
  const kafka = openKafka({ brokers: bootstrap, clientId: "create-topics", retries: 5 });
  try {
    const there = await kafka.topics();
    const missing = topics.filter((topic) => !there.has(topic.name));
    if (missing.length === 0) return;
    await kafka.createTopics(
      missing.map((topic) => ({
        name: topic.name,
        partitions: topic.partitions,
        replicationFactor: 1,
        config: topicConfig(topic),
      })),
    );
  } finally {
    await kafka.close();
  }
}
