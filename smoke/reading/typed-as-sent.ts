import { z } from "zod";
import { eventSchemas, eventTopics, type EventTopic } from "../../lake/events";
import type { Field } from "../../lake/events/field";
import { ofTopicNow } from "../../lake/records";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";
import type { Progress } from "./progress";
import { count } from "./sql";

const rowsPerTopic = 20;
/** How many offsets from the sample's first row on are read from Kafka. */
const farthestOffset = 200;

const sampleRow = z.looseObject({ kafka_partition: count, kafka_offset: count, raw: z.string() });

type SampleRow = z.infer<typeof sampleRow>;

/**
 * Takes a few rows of each topic's newest batch. Their bytes must be those that Kafka holds, and each typed column must
 * have the value in these bytes. Resolves with how many rows were compared.
 */
export async function typedAsSent(lake: LakeUnderTest, { bronze }: Progress): Promise<string> {
  let compared = 0;
  for (const topic of eventTopics) {
    const newest = ofTopicNow(bronze, topic).findLast(({ topics }) => (topics[topic]?.bronzeRows ?? 0) > 0);
    const files = newest?.topics[topic]?.files;
    const ofBronze = files?.filter((file) => /(^|\/)bronze\//.test(file)) ?? [];
    if (ofBronze.length === 0) continue;
    const rows = await lake.sql.rows(
      `SELECT *, base64Encode(assumeNotNull(kafka_value)) AS raw FROM (
         SELECT * EXCEPT (kafka_headers, unknown_fields, kafka_key)
         FROM ${lake.parquet.rawFiles("bronze", topic, ofBronze)} 
         ORDER BY kafka_partition, kafka_offset LIMIT ${rowsPerTopic})`,
      sampleRow,
    );
    for (const row of rows) requireTyped(lake, topic, row);
    await requireKafkasBytes(lake, topic, rows);
    compared += rows.length;
  }
  return `${compared} rows compared`;
}

function nameOf(topic: EventTopic, row: SampleRow): string {
  return `${topic} partition ${row.kafka_partition} offset ${row.kafka_offset}`;
}

function bytesOf(row: SampleRow): Buffer {
  return Buffer.from(row.raw, "base64");
}

function requireTyped(lake: LakeUnderTest, topic: EventTopic, row: SampleRow): void {
  const event = JSON.parse(bytesOf(row).toString("utf8")) as Record<string, unknown>;
  for (const [field, declared] of Object.entries<Field>(eventSchemas[topic].fields)) {
    const sent = canonical(declared, event[field]);
    const typed = canonical(declared, row[field]);
    if (sent !== typed)
      throw new Mismatch({
        expected: `${field} of ${nameOf(topic, row)} to be ${sent}, as its bytes say`,
        got: typed,
        look: `the file of that row under ${lake.layout.raw("bronze", topic)}, and jobs/bronze`,
      });
  }
}

async function requireKafkasBytes(
  lake: LakeUnderTest,
  topic: EventTopic,
  rows: readonly SampleRow[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const { kafka_partition: partition, kafka_offset: from } = first;
  const held = (await lake.kafka.offsets(topic)).find((one) => one.partition === partition);
  // Kafka may have deleted records that are older than its retention.
  if (!held || from < held.first) return;
  const until = Math.min(from + farthestOffset, held.next);
  const records = await lake.kafka.read(topic, new Map([[partition, { from, until }]]));
  for (const row of rows) {
    if (row.kafka_partition !== partition || row.kafka_offset >= until) continue;
    const record = records.find(({ offset }) => offset === row.kafka_offset);
    if (record?.value?.equals(bytesOf(row))) continue;
    throw new Mismatch({
      expected: `the bytes of ${nameOf(topic, row)} as Kafka holds them`,
      got: record ? "other bytes in bronze" : "a row of bronze for which Kafka has no record",
      look: `the file of that row under ${lake.layout.raw("bronze", topic)}`,
    });
  }
}

/** A field's value as text, the same whether JSON or ClickHouse wrote it. */
function canonical({ type }: Field, value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // ISO 8601 allows an offset of hours only; JavaScript's Date does not parse it.
  if (type === "timestamp") return new Date(text.replace(/(T.*[-+]\d\d)$/i, "$1:00")).toISOString();
  return type === "money" || type === "double" || type === "int" ? String(Number(text)) : text;
}
