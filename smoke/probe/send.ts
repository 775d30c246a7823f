import { eventTopics, type EventTopic } from "../../lake/events";
import { ledgerEndKey, ledgerEntryKey, sourceHeader } from "../../lake/ledger";
import { ledgerTopic } from "../../lake/topics";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "../reading/lake-under-test";
import { probeEvents, probeName } from "./probe-events";

/** Where one of the probe's events lies in Kafka. */
export interface SentEvent {
  readonly topic: EventTopic;
  readonly eventId: string;
  readonly partition: number;
  readonly offset: number;
}

export interface SentProbe {
  readonly name: string;
  /** When its events happened, in ISO 8601, and the UTC day of that time. */
  readonly eventTime: string;
  readonly day: string;
  /** When Kafka had acknowledged all of them. */
  readonly sentAtMs: number;
  readonly events: readonly SentEvent[];
}

/** Sends one event to each topic, then the probe's ledger entries. */
export async function sendProbe(lake: LakeUnderTest): Promise<SentProbe> {
  const at = new Date();
  const name = probeName(at.getTime());
  const planned = probeEvents(name, at, await anyLocation(lake));
  const producer = await lake.kafka.producer();
  const headers = { [sourceHeader]: name };
  const events: SentEvent[] = [];
  try {
    for (const topic of eventTopics) {
      const value = JSON.stringify(planned[topic]);
      const [acknowledged] = await producer.send([{ topic, records: [{ key: name, value, headers }] }]);
      events.push({
        topic,
        eventId: planned[topic].event_id,
        partition: acknowledged?.partition ?? -1,
        offset: acknowledged?.offset ?? -1,
      });
    }
    const sentAtMs = Date.now();
    const eventHour = at.toISOString().slice(0, 13);
    const counts = { good: 1, malformed: 0, duplicate: 0, late: 0, tooLate: 0 };
    const entries = eventTopics.map((topic) => ({ source: name, topic, eventHour, ...counts }));
    const end = { source: name, endedAt: new Date().toISOString() };
    const records = [
      ...entries.map((entry) => ({ key: ledgerEntryKey(entry), value: JSON.stringify(entry) })),
      { key: ledgerEndKey(name), value: JSON.stringify(end) },
    ];
    await producer.send([{ topic: ledgerTopic, records }]);
    return { name, eventTime: at.toISOString(), day: at.toISOString().slice(0, 10), sentAtMs, events };
  } finally {
    await producer.close();
  }
}

/** The id of a location in the catalogue, which silver refers to. */
async function anyLocation({ hdfs, layout }: LakeUnderTest): Promise<string> {
  const path = `${layout.reference("locations")}/part-0.json`;
  if (!(await hdfs.exists(path)))
    throw new Mismatch({
      expected: `the reference catalogue at ${path}`,
      got: "no such file",
      look: "what publishes the catalogue: jobs/eventsim/cli.ts publish-catalogue",
    });
  const [line = ""] = (await hdfs.read(path)).toString("utf8").split("\n");
  return (JSON.parse(line) as { location_id: string }).location_id;
}
