import { FlowWatch } from "../../../console/flow/flow-watch";
import type { HopName } from "../../../console/flow/hop-names";
import type { Flow } from "../../../console/flow/observer";

const seconds = 1000;

function flow(records: number, of: Partial<Flow> = {}): Flow {
  return {
    ...{ kafka: records, bronze: records, silver: records, gold: records, served: records },
    ...{ quarantine: 0, lost: 0, readAnew: [], held: [], newest: {}, newestBatch: 0, freshness: undefined },
    ...of,
  };
}

function watched(failures: Partial<Record<HopName, string>> = {}) {
  const watch = new FlowWatch((hop) => failures[hop] ?? null);
  const hop = (name: HopName, atMs: number) => watch.message(atMs).hops.find((each) => each.name === name);
  return { watch, hop };
}

test("before the first look every hop waits, and says for what", () => {
  const { hops, warnings } = watched().watch.message(0);
  expect(hops.map(({ name, records, state }) => [name, records, state])).toEqual(
    ["kafka", "bronze", "silver", "gold", "clickhouse"].map((name) => [name, null, "waiting"]),
  );
  expect(hops.map(({ why }) => why)).toEqual([
    "The lake is starting.",
    expect.stringContaining("Kafka"),
    expect.stringContaining("bronze"),
    expect.stringContaining("silver"),
    expect.stringContaining("gold"),
  ]);
  expect(warnings).toEqual([]);
});

test("rates are of the last half minute, and never below zero", () => {
  const { watch, hop } = watched();
  for (let at = 0; at <= 60; at += 2) watch.add(flow(at <= 30 ? 0 : (at - 30) * 50), at * seconds);
  expect(hop("gold", 60 * seconds)?.perSecond).toBe(50);
  watch.add(flow(10), 62 * seconds);
  expect(hop("gold", 62 * seconds)?.perSecond).toBe(0);
});

test("a hop that takes nothing of what waits for it stands still after a while", () => {
  const { watch, hop } = watched();
  watch.add(flow(100), 0);
  watch.add(flow(200, { silver: 100, gold: 100, served: 100 }), 2 * seconds);
  expect(hop("silver", 60 * seconds)).toMatchObject({ state: "flowing", lag: 100, why: null });
  expect(hop("silver", 100 * seconds)).toMatchObject({ state: "stalled", lag: 100 });
  expect(hop("silver", 100 * seconds)?.why).toMatch(/taken no record for 100 s.*docs\/troubleshooting\.md/);
  // Nothing waits for gold: it has every record of silver.
  expect(hop("gold", 100 * seconds)).toMatchObject({ state: "idle", lag: 0 });
});

test("a run that failed is said at once, in its own words", () => {
  const { watch, hop } = watched({ silver: "Run 7 failed: stg_listens: no such column" });
  watch.add(flow(100), 0);
  watch.add(flow(200, { silver: 100, gold: 100, served: 100 }), 2 * seconds);
  expect(hop("silver", 3 * seconds)).toMatchObject({
    state: "stalled",
    why: "Run 7 failed: stg_listens: no such column",
  });
});

test("while the lake does not answer, what was seen last stays", () => {
  const { watch, hop } = watched();
  watch.add(flow(100, { lost: 3 }), 0);
  watch.addTrouble("Kafka at 127.0.0.1:1 does not answer");
  expect(hop("kafka", seconds)?.records).toBe(100);
  expect(watch.message(seconds).warnings).toEqual([
    "The lake does not answer: Kafka at 127.0.0.1:1 does not answer",
    expect.stringMatching(/^3 records were deleted by Kafka/),
  ]);
  watch.add(flow(101), 2 * seconds);
  expect(watch.message(2 * seconds).warnings).toEqual([]);
});

test("a hop that had records and has none now does not wait for its first", () => {
  const { watch, hop } = watched();
  watch.add(flow(100), 0);
  watch.add(flow(100, { served: 0 }), 2 * seconds);
  expect(hop("clickhouse", 2 * seconds)).toMatchObject({
    state: "stalled",
    why: "It had records, and does not answer now.",
  });
});

test("15 minutes are kept, and no more", () => {
  const { watch } = watched();
  for (let at = 0; at <= 2000; at += 2) watch.add(flow(at), at * seconds);
  const { points } = watch.history();
  expect(points[0]?.atMs).toBe(1100 * seconds);
  expect(points.at(-1)?.atMs).toBe(2000 * seconds);
  expect(points).toHaveLength(451);
});
