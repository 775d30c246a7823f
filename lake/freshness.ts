import type { BronzeCommit, ServeCommit } from "./records";

/** How long records took from Kafka to the readers of ClickHouse, over a range of bronze batches. */
export interface Freshness {
  /** Records that readers of ClickHouse can see, or that were put in quarantine by a batch they can see. */
  readonly records: number;
  /** Records of the range that no publish has reached yet. */
  readonly pending: number;
  /** Seconds, one weight a record; absent when no record has arrived. */
  readonly p50?: number;
  readonly p95?: number;
  readonly max?: number;
}

/** First and last bronze batch to look at, inclusive. */
export interface BatchRange {
  readonly from?: number;
  readonly through?: number;
}

interface Delay {
  readonly seconds: number;
  readonly records: number;
}

/** Nearest rank: the smallest delay that at least `share` of the records do not exceed. `delays` are ascending. */
function percentile(delays: readonly Delay[], share: number): number | undefined {
  const rank = Math.ceil(share * delays.reduce((sum, { records }) => sum + records, 0));
  let seen = 0;
  return delays.find(({ records }) => (seen += records) >= rank)?.seconds;
}

/**
 * Distribution of the time between a record's arrival in Kafka and the first publish that shows its batch on both
 * ClickHouse paths. Bronze keeps arrivals by whole second, rounded down: the figures are up to one second too long,
 * never too short.
 * @param bronze and serve: commit records, in any order, as far as they are still there.
 */
export function freshness(
  bronze: readonly BronzeCommit[],
  serve: readonly ServeCommit[],
  range: BatchRange = {},
): Freshness {
  const publishes = [...serve].sort((a, b) => a.publish - b.publish);
  const delays: Delay[] = [];
  let pending = 0;
  for (const { batchId, topics } of bronze) {
    if (batchId < (range.from ?? 0) || batchId > (range.through ?? Infinity)) continue;
    const first = publishes.find(({ bronzeThrough }) => bronzeThrough >= batchId);
    for (const { arrivals } of Object.values(topics))
      for (const [second, records] of Object.entries(arrivals)) {
        if (!first) pending += records;
        else delays.push({ seconds: Date.parse(first.committedAt) / 1000 - Number(second), records });
      }
  }
  delays.sort((a, b) => a.seconds - b.seconds);
  const records = delays.reduce((sum, delay) => sum + delay.records, 0);
  const [p50, p95, max] = [percentile(delays, 0.5), percentile(delays, 0.95), delays.at(-1)?.seconds];
  if (p50 === undefined || p95 === undefined || max === undefined) return { records, pending };
  return { records, pending, p50, p95, max };
}
