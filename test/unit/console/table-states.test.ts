import { tableStates, type StateSources } from "../../../console/checks/table-states";
import type { FlowMessage } from "../../../console/messages";

type Hops = FlowMessage["hops"];

function hop(name: Hops[number]["name"], changes: Partial<Hops[number]> = {}): Hops[number] {
  const flowing = { records: 9, perSecond: 1, lag: 0, newestMs: 1, state: "flowing", why: null } as const;
  return { name, ...flowing, ...changes };
}

const flowing = (["kafka", "bronze", "silver", "gold", "clickhouse"] as const).map((name) => hop(name));
const passed = {
  status: "passed",
  name: "facts: one row for each key",
  text: "8 rows",
  atMs: 5,
  about: ["gold.facts"],
} as const;
const sound: StateSources = { failureOf: () => null, hops: flowing, checks: [passed] };

const stateOf = (changes: Partial<StateSources>, key = "gold.facts") =>
  tableStates({ ...sound, ...changes })[key];

test("a table is right when its rows were checked, since the oldest of its checks", () => {
  expect(stateOf({ checks: [{ ...passed, atMs: 9 }, passed] })).toEqual({
    ...{ state: "right", why: "It passed 2 smoke checks.", atMs: 5 },
  });
});

test("that its hop runs does not make it right", () => {
  const unchecked = { state: "unknown", why: "The smoke checks have not looked at it yet.", atMs: null };
  expect(stateOf({ checks: [] })).toEqual(unchecked);
  expect(stateOf({}, "gold.kpi_daily")).toEqual(unchecked);
  expect(stateOf({}, "bronze.listen_events")).toEqual(unchecked);
});

test.each([
  ["a check that fails", { checks: [passed, { ...passed, status: "failed", text: "expected 8; got 7" }] }],
  ["its newest run", { failureOf: (name: string) => (name === "gold" ? "Run 3 failed: refuses." : null) }],
  [
    "ClickHouse that stands still",
    {
      hops: flowing.map((each) =>
        each.name === "clickhouse" ? hop("clickhouse", { state: "stalled", why: "It waits." }) : each,
      ),
    },
  ],
] as [string, Partial<StateSources>][])("%s makes it wrong, whatever else is right", (_, changes) => {
  expect(stateOf(changes)?.state).toBe("wrong");
  expect(stateOf(changes)?.why).toMatch(/expected 8; got 7|Run 3 failed|It waits/);
});

test("what went wrong in another layer or table does not concern it", () => {
  const failed = { ...passed, status: "failed", about: ["silver.fct_listens"] } as const;
  const failureOf = (name: string) => (name === "silver" ? "Run 3 failed." : null);
  expect(stateOf({ failureOf, checks: [passed, failed] })?.state).toBe("right");
  expect(stateOf({ checks: [passed, failed] }, "silver.fct_listens")?.state).toBe("wrong");
});

test("a check that was not reached says nothing of its rows", () => {
  const notReached = {
    ...passed,
    status: "not-reached",
    text: "not reached: silver (x) did not pass",
  } as const;
  expect(stateOf({ checks: [passed, notReached] })).toMatchObject({ state: "unknown", why: notReached.text });
});

test("before the first record it waits for what its hop waits for", () => {
  const hops = flowing.map((each) =>
    hop(each.name, { state: "waiting", why: "Waits for the first run of silver." }),
  );
  expect(stateOf({ hops, checks: [] })).toMatchObject({
    state: "unknown",
    why: "Waits for the first run of silver.",
  });
});
