import { checkRunOptions } from "../jobs/eventsim/options";
import { plan } from "../jobs/eventsim/plan";
import type { EventRecord } from "../jobs/eventsim/record";
import type { Arrived } from "./bronze-on-hdfs";

/** Records of a simulation in virtual time, in the order in which they are sent. */
export function* simulate(given: Readonly<Record<string, string>>): Generator<EventRecord> {
  const options = checkRunOptions({
    ...{ seed: "1", malformed: "0", duplicates: "0", late: "0", tooLate: "0", growth: "0.2" },
    ...{ sink: "stdout", kafkaMechanism: "scram-sha-512", shard: "1/1", progress: false },
    ...given,
  });
  if (options.from === undefined) throw new Error("virtual time needs `from`");
  const { from } = options;
  const { feed } = plan(options, from, () => from);
  for (let record = feed.next(); record; record = feed.next()) yield record;
}

/** The arrival of a record that reaches Kafka at once. */
export function arrivedOf({ topic, value, time }: EventRecord): Arrived {
  return { topic, event: JSON.parse(String(value)) as Arrived["event"], arrivedAt: time };
}
