import { z } from "zod";
import { eventTopics, type EventTopic } from "../../lake/events";
import { ofTopicNow } from "../../lake/records";
import { Mismatch } from "../outcome";
import { batchOfRow } from "./batch-of-row";
import type { LakeUnderTest } from "./lake-under-test";
import { count } from "./sql";

const row = z.object({ partition: count, offset: count, raw: z.string().nullable() });

/** Compares each topic's newest quarantined record with Kafka's, byte by byte. Resolves with how many were compared. */
export async function quarantinedBytes(lake: LakeUnderTest): Promise<string> {
  const { bronze } = await lake.progress.read();
  let compared = 0;
  for (const topic of eventTopics)
    if (await compareNewest(lake, topic, ofTopicNow(bronze, topic)[0]?.batchId ?? 0)) compared += 1;
  return `${compared} records compared`;
}

async function compareNewest(
  lake: LakeUnderTest,
  topic: EventTopic,
  firstBatchOfTopic: number,
): Promise<boolean> {
  const [newest] = await lake.sql.rows(
    `SELECT kafka_partition AS partition, kafka_offset AS offset,
       if(isNull(kafka_value), NULL, base64Encode(assumeNotNull(kafka_value))) AS raw
     FROM ${lake.parquet.quarantine(topic)}
     WHERE ${batchOfRow} >= ${firstBatchOfTopic} ORDER BY kafka_timestamp DESC LIMIT 1`,
    row,
  );
  if (!newest) return false;
  const { partition, offset } = newest;
  const held = (await lake.kafka.offsets(topic)).find((one) => one.partition === partition);
  if (!held || offset < held.first) return false;
  const wanted = new Map([[partition, { from: offset, until: offset + 1 }]]);
  const [record] = await lake.kafka.read(topic, wanted);
  const kept = newest.raw === null ? null : Buffer.from(newest.raw, "base64");
  const sent = record?.value ?? null;
  if (kept === null ? sent !== null : !sent?.equals(kept))
    throw new Mismatch({
      expected: `the bytes of ${topic} partition ${partition} offset ${offset} as Kafka holds them (${size(sent)})`,
      got: `${size(kept)} in quarantine`,
      look: lake.layout.raw("quarantine", topic),
    });
  return true;
}

function size(bytes: Buffer | null): string {
  return bytes === null ? "a null" : `${bytes.length} bytes`;
}
