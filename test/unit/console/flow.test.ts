import { isDrained, type Flow } from "../../../console/flow/observer";
import { hops } from "../../../console/flow/hops";
import { warningLines } from "../../../console/flow/warnings";
import type { GoldCommit, ServeCommit, SilverCommit } from "../../../lake/records";

const silverRun = (run: number, dimensionsThrough: number, bronzeThrough = 7) =>
  ({ run, dimensionsThrough, bronzeThrough }) as SilverCommit;
const goldRun = (run: number, silver: number, late: number, lifetime: number) =>
  ({ run, through: { silver, late, lifetime } }) as GoldCommit;
const servedRun = (run: number) => ({ goldRun: run }) as ServeCommit;

const drained: Flow = {
  kafka: 100,
  lost: 0,
  readAnew: [],
  held: [],
  bronze: 95,
  quarantine: 5,
  silver: 100,
  gold: 100,
  served: 100,
  newest: {},
  newestSilver: silverRun(4, 4),
  newestGold: goldRun(3, 4, 4, 4),
  newestServe: servedRun(3),
  newestBatch: 7,
  freshness: undefined,
};

describe("the flow", () => {
  test("tells how far each hop is behind the one before", () => {
    const flow = { ...drained, bronze: 60, quarantine: 4, silver: 55, gold: 50, served: 20 };
    expect(hops(flow).map(({ name, records, lag }) => [name, records, lag])).toEqual([
      ["kafka", 100, 0],
      ["bronze", 64, 36],
      ["silver", 55, 9],
      ["gold", 50, 5],
      ["clickhouse", 20, 30],
    ]);
  });

  test("never says that a hop is ahead of the one before", () => {
    const flow = { ...drained, kafka: 90, silver: 200, gold: 300, served: 400 };
    expect(hops(flow).map(({ lag }) => lag)).toEqual([0, 0, 0, 0, 0]);
  });

  test("says what is lost, and names each partition that waits for a transaction", () => {
    const held = [{ topic: "listen_events" as const, partition: 2, offset: 10, offsetsBehind: 1020 }];
    expect(warningLines({ lost: 1200, readAnew: ["auth_events"], held })).toEqual([
      "1,200 records were deleted by Kafka before they were read; bronze's log says which",
      expect.stringMatching(/^auth_events was made anew: .* is lost/),
      "listen_events partition 2 waits for an open transaction (from offset 10 on, 1,020 offsets)",
    ]);
    expect(warningLines(drained)).toEqual([]);
  });

  test("is drained when all of Kafka's records are where readers see them", () => {
    expect(isDrained(drained)).toBe(true);
  });

  test.each<[string, Partial<Flow>]>([
    ["bronze lacks a record", { quarantine: 4 }],
    ["silver lacks a batch", { newestSilver: silverRun(4, 4, 6) }],
    ["silver's dimensions lack rows", { newestSilver: silverRun(4, 3) }],
    ["gold lacks a run of silver", { newestGold: goldRun(3, 3, 3, 3) }],
    ["gold lacks rows of days that are over", { newestGold: goldRun(3, 4, 3, 3) }],
    ["gold's lifetime figures lack rows", { newestGold: goldRun(3, 4, 4, 3) }],
    ["ClickHouse shows an older run of gold", { newestServe: servedRun(2) }],
  ])("is not drained while %s", (_, lack) => {
    expect(isDrained({ ...drained, ...lack })).toBe(false);
  });
});
