import { bronzeState, type PartitionArrivals } from "../../../jobs/watchdog/bronze-data";
import type { BronzeCommit } from "../../../lake/records";

const limit = Date.parse("2026-01-01T00:10:00Z");
const before = "2026-01-01T00:01:00.000Z";
const after = "2026-01-01T00:15:00.000Z";

/** A commit that has read up to offset 50 of the first partition of listen_events. */
function commit(committedAt: string): BronzeCommit {
  const listens = {
    offsets: { "0": { from: 40, until: 50 } },
    bronzeRows: 10,
    quarantineRows: 0,
    eventDays: {},
    arrivals: {},
    files: [],
  };
  return {
    step: "bronze",
    batchId: 7,
    startedAt: committedAt,
    committedAt,
    topics: { listen_events: listens },
  };
}

function arrivals(changes: Partial<PartitionArrivals>): PartitionArrivals[] {
  return [
    { topic: "listen_events", partition: 0, first: 0, next: 50, sinceBatch: 50, firstRecent: 50, ...changes },
  ];
}

/** Ten records after the newest batch, all of which have waited for too long. */
const oldRecords = { next: 60, firstRecent: 60 };

/** No batch has read anything yet of a topic that was created again, whenever its records arrived. */
const anew: BronzeCommit = {
  ...commit(before),
  topics: {},
  readAnew: { listen_events: { id: "b", wasId: "a", readUntil: { "0": 50 } } },
};

test.each([
  ["all is read", "idle", commit(before), arrivals({})],
  ["topics are empty", "idle", undefined, arrivals({ next: 0, sinceBatch: 0, firstRecent: 0 })],
  ["Kafka has no partition", "idle", commit(before), []],
  ["old records wait and nothing was committed since", "stale", commit(before), arrivals(oldRecords)],
  ["old records wait and batches come", "fresh", commit(after), arrivals(oldRecords)],
  [
    "after hours without anything a record has just arrived",
    "fresh",
    commit(before),
    arrivals({ next: 51, firstRecent: 50 }),
  ],
  [
    "one of many records has waited for too long",
    "stale",
    commit(before),
    arrivals({ next: 90, firstRecent: 51 }),
  ],
  [
    "a topic was made anew and old records wait",
    "stale",
    anew,
    arrivals({ next: 3, sinceBatch: 3, firstRecent: 3 }),
  ],
  ["nothing was ever committed and old records wait", "stale", undefined, arrivals({ sinceBatch: 0 })],
  [
    "nothing was ever committed and the first record has just arrived",
    "fresh",
    undefined,
    arrivals({ next: 1, sinceBatch: 0, firstRecent: 0 }),
  ],
  [
    "a partition that the newest batch found nothing in has old records since",
    "stale",
    commit(before),
    arrivals({ partition: 1, next: 60, sinceBatch: 55, firstRecent: 60 }),
  ],
  [
    "a partition that the newest batch found nothing in has none since",
    "idle",
    commit(before),
    arrivals({ partition: 1, next: 60, sinceBatch: 60, firstRecent: 60 }),
  ],
  [
    "Kafka deleted what had not been read, and has nothing else",
    "idle",
    commit(before),
    arrivals({ first: 60, next: 60, firstRecent: 60 }),
  ],
])("%s: %s", (_, kind, newest, partitions) => {
  expect(bronzeState(newest, partitions, limit).kind).toBe(kind);
});

test("what waits is counted over all partitions, beside the newest batch", () => {
  const partitions = [
    ...arrivals(oldRecords),
    ...arrivals({ partition: 1, next: 5, sinceBatch: 2, firstRecent: 5 }),
  ];
  expect(bronzeState(commit(before), partitions, limit).says).toBe(
    `13 records wait in Kafka; batch 7, the newest, is of ${before}`,
  );
});
