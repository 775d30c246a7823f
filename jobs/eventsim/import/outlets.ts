import { eventTopics } from "../../../lake/events";
import { openKafka } from "../../kafka/open";
import { toLine } from "../sinks/line";
import { LineStream } from "../sinks/line-stream";
import { waitForTopics, type KafkaAddress } from "../sinks/wait-for-topics";
import type { ImportedEvent } from "./event-of-line";

/** A destination of imported events. */
export interface Outlet {
  /** Resolves when all events are stored, in their order. */
  write(events: readonly ImportedEvent[]): Promise<void>;
  /** Whether the reader has closed the stream, as `head` does. */
  readonly isClosed: boolean;
  close(): Promise<void>;
}

/** Writes lines as EventSim's own sink does: `{"topic":…,"key":…,"value":…}`. */
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
 * Kafka, without EventSim's ledger: a second import of the same lines sends copies, which its own ledger would count as
 * events.
 * @param trouble gets the reason why Kafka is not ready yet, at each attempt
 * @throws Error when a topic is missing, or Kafka refuses the log-in
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
