import { z } from "zod";
import { eventTopics, type EventTopic } from "../../lake/events";
import type { BronzeCommit } from "../../lake/records";
import type { Parquet } from "../../smoke/reading/parquet";
import { count, type Sql } from "../../smoke/reading/sql";
import type { QuarantineMessage } from "../messages";
import { asResent, type ResentRecords } from "../resend/resent-records";

/** Maximum number of quarantine files that are read at once: there may be very many. */
const mostFiles = 40;
const mostRecords = 50;
const mostBytes = 2048;

const read = z.object({
  partition: count,
  offset: count,
  arrivedMs: count,
  reason: z.string(),
  valueBase64: z.string().nullable(),
  bytes: count,
});

const none = { accepted: 0, refused: 0 } as const;

/** The records that bronze refused, counted from its commit records, which are added as they appear. */
export class Quarantine {
  private readonly counts = new Map<EventTopic, { readonly accepted: number; readonly refused: number }>();
  private readonly files: { readonly topic: EventTopic; readonly path: string }[] = [];
  private refused: Omit<QuarantineMessage, "topics"> = { reasons: [], newest: [] };
  private hasUnreadFiles = false;

  constructor(
    private readonly reader: Sql,
    private readonly parquet: Parquet,
    private readonly resent: Pick<ResentRecords, "sentOf">,
  ) {}

  add({ topics }: BronzeCommit): void {
    for (const topic of eventTopics) {
      const batch = topics[topic];
      if (!batch) continue;
      const before = this.counts.get(topic) ?? none;
      this.counts.set(topic, {
        accepted: before.accepted + batch.bronzeRows,
        refused: before.refused + batch.quarantineRows,
      });
      const refusedFiles = batch.files.filter((path) => /^\/?quarantine\//.test(path));
      this.files.push(...refusedFiles.map((path) => ({ topic, path })));
      this.hasUnreadFiles ||= refusedFiles.length > 0;
    }
    this.files.splice(0, this.files.length - mostFiles);
  }

  counted(): QuarantineMessage["topics"] {
    return eventTopics.map((topic) => ({
      topic,
      ...(this.counts.get(topic) ?? none),
    }));
  }

  /** The counts, and what was read of the newest files last. */
  message(): QuarantineMessage {
    return { topics: this.counted(), ...this.refused };
  }

  /** A record has been sent again: the newest files are read once more. */
  changed(): void {
    this.hasUnreadFiles = this.files.length > 0;
  }

  /** Reads the newest files, if batches have added any. */
  async read(): Promise<void> {
    if (!this.hasUnreadFiles) return;
    const found: Omit<QuarantineMessage, "topics">[] = [];
    for (const topic of eventTopics) {
      const paths = this.files.filter((file) => file.topic === topic).map(({ path }) => path);
      if (paths.length > 0) found.push(await this.readTopic(topic, paths));
    }
    const newest = found.flatMap((each) => each.newest).sort((a, b) => b.arrivedMs - a.arrivedMs);
    this.refused = {
      reasons: found.flatMap(({ reasons }) => reasons).sort((a, b) => b.records - a.records),
      newest: newest.slice(0, mostRecords),
    };
    this.hasUnreadFiles = false;
  }

  private async readTopic(
    topic: EventTopic,
    paths: readonly string[],
  ): Promise<Omit<QuarantineMessage, "topics">> {
    const source = this.parquet.rawFiles("quarantine", topic, paths);
    const newest = await this.reader.rows(
      `SELECT kafka_partition AS partition, kafka_offset AS offset,
         toUnixTimestamp64Milli(toDateTime64(kafka_timestamp, 3)) AS arrivedMs, ifNull(reason, '') AS reason,
         if(isNull(kafka_value), NULL, base64Encode(substring(assumeNotNull(kafka_value), 1, ${mostBytes}))) AS valueBase64,
         length(ifNull(kafka_value, '')) AS bytes
       FROM ${source} ORDER BY kafka_timestamp DESC, kafka_partition, kafka_offset DESC LIMIT ${mostRecords}`,
      read,
    );
    const reasons = await this.reader.rows(
      `SELECT ifNull(reason, '') AS reason, count() AS records FROM ${source} GROUP BY reason`,
      z.object({ reason: z.string(), records: count }),
    );
    const places = newest.map((row) => ({ topic, ...row }));
    const sent = await this.resent.sentOf(topic, places);
    return {
      newest: places.map((row, index) => {
        const again = sent[index];
        return { ...row, resent: again ? asResent(again) : null };
      }),
      reasons: reasons.map((row) => ({ topic, ...row })),
    };
  }
}
