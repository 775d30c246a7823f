import { eventTopics } from "../../../lake/events";
import { openKafka } from "../../kafka/open";
import { toLine } from "../sinks/line";
import { LineStream } from "../sinks/line-stream";
import { waitForTopics, type KafkaAddress } from "../sinks/wait-for-topics";
import type { ImportedEvent } from "./event-of-line";

/** Where imported events go. */
export interface Outlet {
  /** Resolves when all are safe there, in their order. */
  write(events: readonly ImportedEvent[]): Promise<void>;
  /** The reader has had enough, as `head` has. */
  readonly isClosed: boolean;
  close(): Promise<void>;
}

/** The lines of EventSim's own sink: `{"topic":…,"key":…,"value":…}`. */
export function linesOutlet(out: NodeJS.WritableStream): Outlet {
  const stream = new LineStream(out);
  return {
    get isClosed() {
      return stream.isClosed;
    },
    write: (events) =>
      stream.write(
        events.map(({ topic, customerId: key, value }) => toLine({ key, value }, `"topic":"${topic}",`)),
      ),
    close: () => stream.close(),
  };
}

/**
 * Kafka, without the ledger that EventSim keeps: a second import of the same lines is copies, which a ledger of its own would
 * call events.
 * @param trouble is told why Kafka takes nothing yet, at each try
 * @throws Error when a topic is missing, or Kafka does not let the import in
 */
export async function kafkaOutlet(address: KafkaAddress, trouble: (reason: string) => void): Promise<Outlet> {
  await waitForTopics(address, trouble);
  const producer = await openKafka({ ...address, clientId: "eventsim-import", retries: 5 }).producer();
  return {
    isClosed: false,
    write: async (events) => {
      const byTopic = eventTopics.map((topic) => ({
        topic,
        records: events
          .filter((event) => event.topic === topic)
          .map(({ customerId: key, value }) => ({ key, value })),
      }));
      await producer.send(byTopic).catch((error: unknown) => {
        throw new Error(`Kafka ${address.brokers} refused events: ${(error as Error).message}`);
      });
    },
    close: () => producer.close(),
  };
}
