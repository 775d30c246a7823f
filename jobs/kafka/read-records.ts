import { randomUUID } from "node:crypto";
import type { IHeaders, Kafka } from "kafkajs";
import type { KafkaRecord, WantedOffsets } from "./client";
import { readEveryCodec } from "./codecs";

/** Prefix of the consumer groups that Kafka's users may use: `readersGroups` in `stacks/parts/acl.ts`. */
const groupPrefix = "smoke-";

const idleSeconds = 20;

/**
 * Reads records of one topic by offset, in a new consumer group that is deleted afterwards.
 * Resolves when every range has been read to its end, or rejects when nothing came for 20 s.
 */
export async function readRecords(
  kafka: Kafka,
  topic: string,
  wanted: WantedOffsets,
  deleteGroup: (groupId: string) => Promise<unknown>,
): Promise<KafkaRecord[]> {
  const open = new Map([...wanted].filter(([, { from, until }]) => until > from));
  if (open.size === 0) return [];
  readEveryCodec();
  const groupId = `${groupPrefix}${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
  // By partition and offset: records that were fetched before the seek took effect may come again.
  const records = new Map<string, KafkaRecord>();
  let idle: NodeJS.Timeout | undefined;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const waitOn = (): void => {
        clearTimeout(idle);
        const left = [...open].map(([partition, { from, until }]) => `${partition}: ${from} to ${until - 1}`);
        idle = setTimeout(
          () =>
            reject(new Error(`${topic}: no record came for ${idleSeconds} s of offsets ${left.join(", ")}`)),
          idleSeconds * 1000,
        );
      };
      waitOn();
      // While a coordinator is loading, kafkajs crashes and restarts by itself.
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer.on(consumer.events.GROUP_JOIN, () => {
        for (const [partition, { from }] of open) consumer.seek({ topic, partition, offset: String(from) });
      });
      // Also fires for batches without a record for readers: transaction markers and aborted records.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        const range = open.get(partition);
        if (!range || Number(lastOffset) < range.from) return;
        if (Number(lastOffset) + 1 >= range.until) open.delete(partition);
        waitOn();
        if (open.size === 0) resolve();
      });
      consumer
        .run({
          eachBatch: async (payload) => {
            const { batch } = payload;
            const range = open.get(batch.partition);
            if (!range || Number(batch.lastOffset()) < range.from) return Promise.resolve();
            for (const { offset, key, value, headers, timestamp } of batch.messages)
              if (Number(offset) >= range.from && Number(offset) < range.until)
                records.set(`${batch.partition}/${offset}`, {
                  partition: batch.partition,
                  offset: Number(offset),
                  key,
                  value,
                  headers: headersOf(headers),
                  timestampMs: Number(timestamp),
                });
            if (Number(batch.lastOffset()) + 1 >= range.until) payload.pause();
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
    return [...records.values()];
  } finally {
    clearTimeout(idle);
    await consumer.disconnect();
    // A group that can't be deleted expires by itself.
    await deleteGroup(groupId).catch(() => undefined);
  }
}

function headersOf(headers: IHeaders = {}): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, given]) => {
      const [first] = Array.isArray(given) ? given : [given];
      return first === undefined ? [] : [[name, first.toString()] as const];
    }),
  );
}
