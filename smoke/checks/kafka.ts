import { offsetsThere } from "../../jobs/kafka/client";
import { eventTopics } from "../../lake/events";
import { topics as contract } from "../../lake/topics";
import { hopChecks } from "../check";
import { Mismatch } from "../outcome";

export const kafkaChecks = hopChecks("kafka", (check) => {
  check("topics are there with their partitions", async ({ kafka, options }) => {
    const found = await kafka.topics();
    for (const { name, partitions } of contract) {
      const got = found.get(name);
      if (got === undefined || got < partitions)
        throw new Mismatch({
          expected: `topic ${name} with ${partitions} partitions, as lake/topics.ts says`,
          got: got === undefined ? "no such topic" : `${got} partitions`,
          look: `Kafka at ${options.endpoints.kafka}, and what created its topics`,
        });
    }
    return `${contract.length} topics`;
  });

  check("the newest record of every topic can be read", async ({ kafka, options }) => {
    const empty: string[] = [];
    let records = 0;
    for (const topic of eventTopics) {
      const offsets = await kafka.offsets(topic);
      const filled = offsets.find(({ first, next }) => next > first);
      if (!filled) {
        empty.push(topic);
        continue;
      }
      records += offsetsThere(offsets);
      const newest = filled.next - 1;
      const wanted = new Map([[filled.partition, { from: newest, until: newest + 1 }]]);
      await kafka.read(topic, wanted);
    }
    if (empty.length === eventTopics.length)
      throw new Mismatch({
        expected: "records in at least one event topic",
        got: "every event topic is empty",
        look: `the producers (EventSim's log) and Kafka at ${options.endpoints.kafka}`,
      });
    const silent = empty.length === 0 ? "" : `, none in ${empty.join(", ")}`;
    return `${records} records${silent}`;
  });
});
