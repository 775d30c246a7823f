import { Journal } from "../../jobs/hdfs/journal";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { Layout } from "../../lake/layout";
import { goldCommit, serveCommit, silverCommit } from "../../lake/records";
import type { Parquet } from "../../smoke/reading/parquet";
import type { Sql } from "../../smoke/reading/sql";
import type { FollowAnswer, FollowedRecord } from "../messages";
import { nameOfPlace, type Place, type Places } from "./places";
import { searchedDays, type RawRecord, type RawRecords } from "./raw-records";
import { Refined } from "./refined";
import { stop } from "./stops";
import { readWanted } from "./wanted";

const mostRecords = 5;

export interface FollowedLake {
  readonly hdfs: WebHdfs;
  readonly layout: Layout;
  readonly reader: Sql;
  readonly parquet: Parquet;
  readonly raw: RawRecords;
  readonly places: Places;
}

/** Follows records through the lake, from Kafka to ClickHouse. */
export class Follow {
  private readonly raw: RawRecords;
  private readonly places: Places;
  private readonly refined: Refined;

  constructor({ hdfs, layout, reader, parquet, raw, places }: FollowedLake) {
    this.raw = raw;
    this.places = places;
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

  private async byPlace(place: Place): Promise<FollowAnswer> {
    const found = await this.places.find(place);
    if (typeof found === "string") return { note: found, records: [] };
    return { note: `The record at ${nameOfPlace(place)}.`, records: [await this.journey(found)] };
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
