import { type EventTopic } from "../../lake/events";
import { layout, type Layout } from "../../lake/layout";
import { Journal } from "../../jobs/hdfs/journal";
import {
  bronzeCommit,
  goldCommit,
  ofTopicNow,
  serveCommit,
  silverCommit,
  type BronzeCommit,
  type GoldCommit,
  type OffsetRange,
  type ServeCommit,
  type SilverCommit,
} from "../../lake/records";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";

/** By partition: the first offset that bronze read, and the first that it has not read. */
export type OffsetRanges = ReadonlyMap<number, OffsetRange>;

/** How far each step has come, by its commit records. */
export interface Progress {
  readonly bronze: readonly BronzeCommit[];
  readonly silver: readonly SilverCommit[];
  readonly gold: readonly GoldCommit[];
  readonly serve: readonly ServeCommit[];
}

/** Reads the steps' commit records, each only once, because a record never changes. */
export class ProgressReader {
  private readonly records: {
    bronze: readonly BronzeCommit[];
    silver: readonly SilverCommit[];
    gold: readonly GoldCommit[];
    serve: readonly ServeCommit[];
  } = { bronze: [], silver: [], gold: [], serve: [] };

  constructor(
    private readonly hdfs: WebHdfs,
    private readonly layout: Layout,
  ) {}

  async read(): Promise<Progress> {
    const { hdfs, layout, records } = this;
    // Serve's records are read first and bronze's last, so that every record that another one builds on is there.
    const serve = Journal.of(hdfs, layout, "serve", serveCommit);
    records.serve = records.serve.concat(await serve.readAfter(records.serve.at(-1)?.publish ?? -1));
    const gold = Journal.of(hdfs, layout, "gold", goldCommit);
    records.gold = records.gold.concat(await gold.readAfter(records.gold.at(-1)?.run ?? -1));
    const silver = Journal.of(hdfs, layout, "silver", silverCommit);
    records.silver = records.silver.concat(await silver.readAfter(records.silver.at(-1)?.run ?? -1));
    const bronze = Journal.of(hdfs, layout, "bronze", bronzeCommit);
    records.bronze = records.bronze.concat(await bronze.readAfter(records.bronze.at(-1)?.batchId ?? -1));
    return { ...records };
  }
}

/**
 * Offsets of a topic in batches, of those that read the topic as it is in Kafka now. Throws when two batches overlap or
 * leave a gap.
 */
export function offsetsOf(bronze: readonly BronzeCommit[], topic: EventTopic): OffsetRanges {
  const ranges = new Map<number, { from: number; until: number }>();
  for (const commit of ofTopicNow(bronze, topic)) {
    for (const [name, { from, until }] of Object.entries(commit.topics[topic]?.offsets ?? {})) {
      const partition = Number(name);
      const earlier = ranges.get(partition);
      if (earlier && earlier.until !== from)
        throw new Error(
          `bronze's commit records of ${topic} partition ${partition}: batch ${commit.batchId} begins at offset ` +
            `${from}, the batch before it ended at ${earlier.until}`,
        );
      ranges.set(partition, { from: earlier?.from ?? from, until });
    }
  }
  return ranges;
}

/** Offsets of a topic that hold no row, by partition: `skipped` ones never held a record for readers; others were lost. */
export function withoutRow(
  bronze: readonly BronzeCommit[],
  topic: EventTopic,
  why: "skipped" | "lost",
): ReadonlyMap<number, readonly OffsetRange[]> {
  const found = new Map<number, OffsetRange[]>();
  for (const commit of bronze)
    for (const [name, ranges] of Object.entries(commit.topics[topic]?.[why] ?? {})) {
      const partition = Number(name);
      const before = found.get(partition);
      if (before) before.push(...ranges);
      else found.set(partition, [...ranges]);
    }
  return found;
}

function newestOf<R>(records: readonly R[], layer: "silver" | "gold"): R {
  const record = records.at(-1);
  if (record) return record;
  const { commits, failure } = layout("<lake>");
  throw new Error(
    `no run of ${layer} has ended well yet: there is no commit record in ${commits(layer)}; ` +
      `look at ${failure(layer)} and at the log of ${layer} (on one machine: refine)`,
  );
}

/** Silver's newest record. */
export function inSilver(progress: Progress): SilverCommit {
  return newestOf(progress.silver, "silver");
}

/** Gold's newest record. */
export function inGold(progress: Progress): GoldCommit {
  return newestOf(progress.gold, "gold");
}
