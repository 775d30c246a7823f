import type { BronzeCommit, GoldCommit, ServeCommit, SilverCommit } from "./records";

/** How long records took from Kafka to the readers of ClickHouse, over a range of bronze batches. */
export interface Freshness {
  /** Records that readers of ClickHouse can see, or that were put in quarantine by a batch they can see. */
  readonly records: number;
  /** Records of the range that no publish has reached yet. */
  readonly pending: number;
  /** Seconds, each record with the same weight; absent when no record has arrived. */
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
 * @param bronze and serve: commit records, in any order; old ones may be missing.
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

/** Freshness of the records that arrived in one minute. */
export interface MinuteFreshness {
  /** `YYYY-MM-DDTHH:MMZ`, of the arrival in Kafka. */
  readonly minute: string;
  readonly p50: number;
  readonly p95: number;
}

/** Freshness by minute of arrival, in order; minutes without a published record are left out. */
export function freshnessByMinute(
  bronze: readonly BronzeCommit[],
  serve: readonly ServeCommit[],
): MinuteFreshness[] {
  const byMinute = new Map<number, BronzeCommit[]>();
  for (const batch of bronze)
    for (const [minute, part] of partsByMinute(batch)) {
      const parts = byMinute.get(minute);
      if (parts) parts.push(part);
      else byMinute.set(minute, [part]);
    }
  return [...byMinute.keys()]
    .sort((a, b) => a - b)
    .flatMap((minute) => {
      const { p50, p95 } = freshness(byMinute.get(minute) ?? [], serve);
      if (p50 === undefined || p95 === undefined) return [];
      return [{ minute: `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`, p50, p95 }];
    });
}

/** A batch's arrivals by minute since 1970: each part is the batch with the arrivals of that minute. */
function partsByMinute(batch: BronzeCommit): Map<number, BronzeCommit> {
  const parts = new Map<number, BronzeCommit["topics"]>();
  for (const [topic, done] of Object.entries(batch.topics))
    for (const [second, records] of Object.entries(done.arrivals)) {
      const minute = Math.floor(Number(second) / 60);
      const topics = parts.get(minute) ?? {};
      parts.set(minute, topics);
      const own = topics[topic as keyof typeof topics] ?? { ...done, arrivals: {} };
      own.arrivals[second] = records;
      topics[topic as keyof typeof topics] = own;
    }
  return new Map([...parts].map(([minute, topics]) => [minute, { ...batch, topics }]));
}

/** 95th percentile of the time that records took from the previous hop to this one, in seconds. */
export interface HopDelays {
  readonly bronze: number | null;
  readonly silver: number | null;
  readonly gold: number | null;
  readonly clickhouse: number | null;
}

/** 95th percentile of the time from hop to hop, each record with the same weight; null for a hop that nothing has reached. */
export function delayByHop(
  bronze: readonly BronzeCommit[],
  silver: readonly SilverCommit[],
  gold: readonly GoldCommit[],
  serve: readonly ServeCommit[],
): HopDelays {
  const delays: Record<keyof HopDelays, Delay[]> = { bronze: [], silver: [], gold: [], clickhouse: [] };
  for (const { batchId, committedAt, topics } of bronze) {
    const arrivals = Object.values(topics).flatMap(({ arrivals: own }) => Object.entries(own));
    const all = arrivals.reduce((sum, [, records]) => sum + records, 0);
    const landedAt = Date.parse(committedAt) / 1000;
    for (const [second, records] of arrivals)
      delays.bronze.push({ seconds: landedAt - Number(second), records });
    const later = [
      ["silver", silver.find(({ bronzeThrough }) => bronzeThrough >= batchId)],
      ["gold", gold.find((run) => run.bronze.silver >= batchId)],
      ["clickhouse", serve.find(({ bronzeThrough }) => bronzeThrough >= batchId)],
    ] as const;
    let since = landedAt;
    for (const [hop, record] of later) {
      if (!record) break;
      const at = Date.parse(record.committedAt) / 1000;
      delays[hop].push({ seconds: at - since, records: all });
      since = at;
    }
  }
  const p95 = (of: Delay[]) =>
    percentile(
      of.sort((a, b) => a.seconds - b.seconds),
      0.95,
    ) ?? null;
  return {
    bronze: p95(delays.bronze),
    silver: p95(delays.silver),
    gold: p95(delays.gold),
    clickhouse: p95(delays.clickhouse),
  };
}
