import type { EventTopic } from "../../lake/events";
import type { BronzeCommit } from "../../lake/records";
import type { DataState } from "./data-state";

/** Offsets of a Kafka partition. */
export interface PartitionArrivals {
  readonly topic: EventTopic;
  readonly partition: number;
  /** First offset that is still there, and the next one to come. */
  readonly first: number;
  readonly next: number;
  /** First offset that arrived after the newest batch had begun; without a batch, `first`. */
  readonly sinceBatch: number;
  /** First offset that has not waited too long yet; `next` when there is none. */
  readonly firstRecent: number;
}

/**
 * The first offset that no batch has read. No batch has read anything of a topic that was just created again. Otherwise a
 * batch reads from every partition with new records: one that is missing in the newest record had none when that batch
 * began.
 */
function firstUnread({ topic, partition, first, sinceBatch }: PartitionArrivals, newest?: BronzeCommit) {
  if (newest?.readAnew?.[topic]) return first;
  const until = newest?.topics[topic]?.offsets[String(partition)]?.until ?? sinceBatch;
  return Math.max(first, until);
}

/**
 * @param newest bronze's newest commit record
 * @param limitMs a commit or an arrival before this time is too old
 */
export function bronzeState(
  newest: BronzeCommit | undefined,
  arrivals: readonly PartitionArrivals[],
  limitMs: number,
): DataState {
  const committed = newest
    ? `batch ${newest.batchId}, the newest, is of ${newest.committedAt}`
    : "no batch is committed";
  const waiting = arrivals
    .map((one) => ({ ...one, unread: firstUnread(one, newest) }))
    .filter(({ unread, next }) => unread < next);
  if (waiting.length === 0) return { kind: "idle", says: `nothing waits in Kafka; ${committed}` };
  const records = waiting.reduce((sum, { unread, next }) => sum + next - unread, 0);
  const says = `${records} records wait in Kafka; ${committed}`;
  const tooLong = waiting.some(({ unread, firstRecent }) => unread < firstRecent);
  const silent = newest === undefined || Date.parse(newest.committedAt) < limitMs;
  return { kind: tooLong && silent ? "stale" : "fresh", says };
}
