import { Journal } from "../../jobs/hdfs/journal";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { Layout } from "../../lake/layout";
import {
  bronzeCommit,
  goldCommit,
  ofTopicNow,
  serveCommit,
  silverCommit,
  type BronzeTopic,
  type OffsetRange,
} from "../../lake/records";
import type { Parquet } from "../../smoke/reading/parquet";
import type { Sql } from "../../smoke/reading/sql";
import type { FollowAnswer, FollowedRecord } from "../messages";
import { RawRecords, searchedDays, type RawRecord } from "./raw-records";
import { Refined } from "./refined";
import { stop } from "./stops";
import { readWanted, type Wanted } from "./wanted";

const mostRecords = 5;

type Place = Extract<Wanted, { offset: number }>;

/** Follows records through the lake, from Kafka to ClickHouse. */
export class Follow {
  private readonly bronze;
  private readonly raw: RawRecords;
  private readonly refined: Refined;

  constructor(hdfs: WebHdfs, layout: Layout, reader: Sql, parquet: Parquet) {
    this.bronze = Journal.of(hdfs, layout, "bronze", bronzeCommit);
    this.raw = new RawRecords(reader, parquet, layout);
    this.refined = new Refined(reader, parquet, {
      silver: Journal.of(hdfs, layout, "silver", silverCommit),
      gold: Journal.of(hdfs, layout, "gold", goldCommit),
      serve: Journal.of(hdfs, layout, "serve", serveCommit),
    });
  }

  /** Never rejects: an error is an answer. */
  async answer(text: string): Promise<FollowAnswer> {
    try {
      const wanted = readWanted(text);
      return "id" in wanted ? await this.byId(wanted.id) : await this.byPlace(wanted);
    } catch (error) {
      const [line = ""] = (error as Error).message.split("\n");
      return { error: line };
    }
  }

  private async byId(id: string): Promise<FollowAnswer> {
    const found = await this.raw.of(id, mostRecords + 1);
    const records = [];
    for (const record of found.slice(0, mostRecords)) records.push(await this.journey(record));
    const where = `among the records that arrived on the last ${searchedDays} days (UTC)`;
    const note =
      found.length > mostRecords
        ? `The newest ${mostRecords} of its records; there are more.`
        : records.length > 0
          ? `All its records ${where}.`
          : `No event, customer or refused record with '${id}' ${where}. An older record is found by topic/partition/offset.`;
    return { note, records };
  }

  private async byPlace({ topic, partition, offset }: Place): Promise<FollowAnswer> {
    const name = `${topic}/${partition}/${offset}`;
    const batches = ofTopicNow(await this.bronze.readAfter(-1), topic);
    const batch = batches.find(({ topics }) => isIn([topics[topic]?.offsets[String(partition)]], offset));
    const read = batch?.topics[topic];
    if (!batch || !read) {
      const until = batches
        .flatMap(({ topics }) => topics[topic]?.offsets[String(partition)] ?? [])
        .at(-1)?.until;
      const reason =
        until === undefined
          ? `Bronze has read nothing of partition ${partition} of ${topic}.`
          : offset >= until
            ? `Bronze has read partition ${partition} of ${topic} up to offset ${until - 1}: there is no record at ${offset} yet, or it is read next.`
            : `Bronze began after offset ${offset}: Kafka had deleted what was before.`;
      return { note: reason, records: [] };
    }
    const [record] = await this.raw.at({ topic, partition, offset }, read.files);
    if (record) return { note: `The record at ${name}.`, records: [await this.journey(record)] };
    return { note: `${name}: ${whyNoRecord(read, partition, offset)}`, records: [] };
  }

  private async journey(record: RawRecord): Promise<FollowedRecord> {
    const { topic, partition, offset, reason, eventId, customerId, eventMs, valueBase64 } = record;
    const { batch, readMs, file } = record;
    const bronze =
      reason === null
        ? stop("bronze", "there", `Batch ${batch} read it.`, readMs, { file })
        : stop("bronze", "refused", `Batch ${batch} set it aside: ${reason}.`, readMs, { file });
    return {
      ...{ topic, partition, offset, eventId, customerId, eventMs, valueBase64 },
      stops: [
        stop("kafka", "there", "Kafka received it.", record.arrivedMs),
        bronze,
        ...(await this.refined.follow(record)),
      ],
    };
  }
}

function isIn(ranges: readonly (OffsetRange | undefined)[], offset: number): boolean {
  return ranges.some((range) => range !== undefined && range.from <= offset && offset < range.until);
}

function whyNoRecord({ skipped, lost }: BronzeTopic, partition: number, offset: number): string {
  if (isIn(lost?.[String(partition)] ?? [], offset))
    return "Kafka had deleted this record before bronze could read it.";
  if (isIn(skipped?.[String(partition)] ?? [], offset))
    return "this offset holds no record: it is a transaction's marker, an aborted record, or was compacted.";
  return "bronze has read this offset, but its files do not hold the record.";
}
