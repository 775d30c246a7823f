import { z } from "zod";
import { eventTopics, type EventTopic } from "../../lake/events";
import type { Layout } from "../../lake/layout";
import { clickhouseString } from "../../lake/tables";
import { batchOfRow } from "../../smoke/reading/batch-of-row";
import { bronzeColumns, quarantineColumns, type Parquet } from "../../smoke/reading/parquet";
import { count, type Sql } from "../../smoke/reading/sql";

/** Records by id are searched among those that arrived on this many days, today included. */
export const searchedDays = 8;
const dayMilliseconds = 86_400_000;
const mostBytes = 2048;

const row = z.object({
  topic: z.enum(eventTopics),
  partition: count,
  offset: count,
  arrivedMs: count,
  readMs: count,
  batch: count,
  file: z.string(),
  eventId: z.string().nullable(),
  customerId: z.string().nullable(),
  eventMs: count.nullable(),
  reason: z.string().nullable(),
  valueBase64: z.string().nullable(),
});

/** A record as bronze or quarantine holds it. Of one that bronze refused, only `reason` and the bytes are known. */
export type RawRecord = Readonly<z.infer<typeof row>>;

const milliseconds = (column: string) => `toUnixTimestamp64Milli(toDateTime64(${column}, 3))`;
const ofRaw = `kafka_partition AS partition, kafka_offset AS offset, ${milliseconds("kafka_timestamp")} AS arrivedMs,
  ${milliseconds("ingested_at")} AS readMs, ${batchOfRow} AS batch, _path AS file,
  if(isNull(kafka_value), NULL, base64Encode(substring(assumeNotNull(kafka_value), 1, ${mostBytes}))) AS valueBase64`;
const ofEvent = {
  bronze: `event_id AS eventId, customer_id AS customerId, ${milliseconds("event_time")} AS eventMs, NULL AS reason`,
  quarantine: "NULL AS eventId, NULL AS customerId, NULL AS eventMs, reason",
} as const;

/** Finds records among the files of bronze and quarantine. */
export class RawRecords {
  constructor(
    private readonly reader: Sql,
    private readonly parquet: Parquet,
    private readonly layout: Layout,
  ) {}

  /** The record at a place, among the files of the batch that has read it. */
  async at(
    { topic, partition, offset }: { topic: EventTopic; partition: number; offset: number },
    files: readonly string[],
  ): Promise<RawRecord[]> {
    const where = `kafka_partition = ${partition} AND kafka_offset = ${offset}`;
    const selects = (["bronze", "quarantine"] as const).flatMap((layer) => {
      const own = files.filter((path) => path.replace(/^\/+/, "").startsWith(`${layer}/`));
      return own.length === 0 ? [] : [select(layer, topic, this.parquet.rawFiles(layer, topic, own), where)];
    });
    return this.newestOf(selects, 1);
  }

  /** The newest records of an event or a customer, newest first; refused ones whose bytes contain the id, too. */
  of(id: string, most: number): Promise<RawRecord[]> {
    const literal = clickhouseString(id);
    const where = {
      bronze: `event_id = ${literal} OR customer_id = ${literal}`,
      quarantine: `position(ifNull(kafka_value, ''), ${literal}) > 0`,
    };
    const selects = eventTopics.flatMap((topic) =>
      (["bronze", "quarantine"] as const).map((layer) =>
        select(layer, topic, this.arrivedLately(layer, topic), where[layer]),
      ),
    );
    return this.newestOf(selects, most);
  }

  /** One statement, so that its limits hold for the whole search. */
  private async newestOf(selects: readonly string[], most: number): Promise<RawRecord[]> {
    if (selects.length === 0) return [];
    const all = selects.join(" UNION ALL ");
    return this.reader.rows(`SELECT * FROM (${all}) ORDER BY arrivedMs DESC LIMIT ${most}`, row);
  }

  private arrivedLately(layer: "bronze" | "quarantine", topic: EventTopic): string {
    const folder = this.layout.raw(layer, topic).slice(this.layout.root.length + 1);
    const days = Array.from({ length: searchedDays }, (_, back) =>
      new Date(Date.now() - back * dayMilliseconds).toISOString().slice(0, 10),
    );
    const columns = layer === "bronze" ? bronzeColumns(topic) : quarantineColumns;
    return this.parquet.file(`${folder}/date={${days.join(",")}}/hour=*/*.parquet`, columns);
  }
}

function select(layer: keyof typeof ofEvent, topic: EventTopic, source: string, where: string): string {
  return `SELECT '${topic}' AS topic, ${ofRaw}, ${ofEvent[layer]} FROM ${source} WHERE ${where}`;
}
