import { Journal } from "../../jobs/hdfs/journal";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { EventTopic } from "../../lake/events";
import type { Layout } from "../../lake/layout";
import { bronzeCommit, ofTopicNow, type BronzeTopic, type OffsetRange } from "../../lake/records";
import type { RawRecord, RawRecords } from "./raw-records";

/** A record's place in Kafka. */
export interface Place {
  readonly topic: EventTopic;
  readonly partition: number;
  readonly offset: number;
}

/** `topic/partition/offset` */
export function nameOfPlace({ topic, partition, offset }: Place): string {
  return `${topic}/${partition}/${offset}`;
}

/** Finds the record at a place in Kafka by bronze's commit records. */
export class Places {
  private readonly bronze;

  constructor(
    hdfs: WebHdfs,
    layout: Layout,
    private readonly raw: RawRecords,
  ) {
    this.bronze = Journal.of(hdfs, layout, "bronze", bronzeCommit);
  }

  /** @returns the record, or a sentence that says why there is none */
  async find(place: Place): Promise<RawRecord | string> {
    const { topic, partition, offset } = place;
    const batches = ofTopicNow(await this.bronze.readAfter(-1), topic);
    const batch = batches.find(({ topics }) => isIn([topics[topic]?.offsets[String(partition)]], offset));
    const read = batch?.topics[topic];
    if (read) {
      const [record] = await this.raw.at(place, read.files);
      return record ?? `${nameOfPlace(place)}: ${whyNoRecord(read, partition, offset)}`;
    }
    const until = batches
      .flatMap(({ topics }) => topics[topic]?.offsets[String(partition)] ?? [])
      .at(-1)?.until;
    if (until === undefined) return `Bronze has read nothing of partition ${partition} of ${topic}.`;
    if (offset >= until)
      return `Bronze has read partition ${partition} of ${topic} up to offset ${until - 1}: there is no record at ${offset} yet, or it is read next.`;
    return `Bronze began after offset ${offset}: Kafka had deleted what was before.`;
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
