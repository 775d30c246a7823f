import type { BronzeCommit, ServeCommit } from "../../../lake/records";
import { freshness } from "../../../lake/freshness";

const start = Date.UTC(2026, 5, 1) / 1000;

function batch(batchId: number, ...arrivals: Record<number, number>[]): BronzeCommit {
  const topics = ["listen_events", "auth_events"] as const;
  return {
    step: "bronze",
    batchId,
    startedAt: "2026-06-01T00:00:00.000Z",
    committedAt: "2026-06-01T00:00:00.000Z",
    topics: Object.fromEntries(
      arrivals.map((seconds, index) => [
        topics[index] ?? "listen_events",
        {
          offsets: {},
          bronzeRows: 0,
          quarantineRows: 0,
          eventDays: {},
          arrivals: Object.fromEntries(
            Object.entries(seconds).map(([second, records]) => [String(start + Number(second)), records]),
          ),
          files: [],
        },
      ]),
    ),
  };
}

function published(publish: number, bronzeThrough: number, second: number): ServeCommit {
  return {
    step: "serve",
    publish,
    startedAt: "2026-06-01T00:00:00.000Z",
    committedAt: new Date((start + second) * 1000).toISOString(),
    goldRun: publish,
    bronzeThrough,
    snapshot: "s",
    rows: {},
  };
}

describe("freshness", () => {
  test("weighs each second of arrival by its records", () => {
    // 90 records wait 10 s, 8 wait 20 s, 2 wait 30 s: half and 90 % are at 10 s, 95 % at 20 s.
    const batches = [batch(0, { 20: 90, 10: 8, 0: 2 })];
    expect(freshness(batches, [published(1, 0, 30)])).toEqual({
      records: 100,
      pending: 0,
      p50: 10,
      p95: 20,
      max: 30,
    });
  });

  test("takes the exact record at a rank's edge", () => {
    // 95 of 100 wait 1 s: the 95th record is one of them. With 94, it is not.
    expect(freshness([batch(0, { 4: 95, 0: 5 })], [published(1, 0, 5)]).p95).toBe(1);
    expect(freshness([batch(0, { 4: 94, 0: 6 })], [published(1, 0, 5)]).p95).toBe(5);
  });

  test("counts to the first publish that shows the batch, whatever order the records come in", () => {
    const publishes = [published(3, 2, 90), published(1, 0, 15.5), published(2, 2, 60)];
    expect(freshness([batch(1, { 10: 1 })], publishes)).toMatchObject({ p50: 50, max: 50 });
    expect(freshness([batch(0, { 10: 1 })], publishes)).toMatchObject({ p50: 5.5 });
  });

  test("adds up topics", () => {
    // 3 records wait 10 s, 1 waits 40 s.
    const found = freshness([batch(0, { 30: 3 }, { 0: 1 })], [published(1, 0, 40)]);
    expect(found).toEqual({ records: 4, pending: 0, p50: 10, p95: 40, max: 40 });
  });

  test("looks at the range only, both ends in it", () => {
    const batches = [batch(0, { 0: 1 }), batch(1, { 10: 1 }), batch(2, { 20: 1 }), batch(3, { 30: 1 })];
    const found = freshness(batches, [published(1, 3, 40)], { from: 1, through: 2 });
    expect(found).toEqual({ records: 2, pending: 0, p50: 20, p95: 30, max: 30 });
  });

  test("keeps apart what no publish has reached", () => {
    const found = freshness([batch(0, { 0: 2 }), batch(1, { 10: 7 })], [published(1, 0, 4)]);
    expect(found).toEqual({ records: 2, pending: 7, p50: 4, p95: 4, max: 4 });
  });

  test("gives no figures where nothing arrived", () => {
    expect(freshness([], [])).toEqual({ records: 0, pending: 0 });
    expect(freshness([batch(0, { 0: 3 })], [])).toEqual({ records: 0, pending: 3 });
  });
});
