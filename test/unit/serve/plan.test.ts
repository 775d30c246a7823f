import type { GoldCommit } from "../../../lake/records";
import { facts, goldDimMerchants } from "../../../lake/tables/gold";
import { isDue, planPublish, type Load } from "../../../jobs/serve/plan";
import type { Served } from "../../../jobs/serve/served";
import { publicationOfRun, goldRecordOf, servedAt } from "./gold-state";

function plan(records: GoldCommit[], served: Served, table = facts, distrusted = new Set<string>()) {
  const target = records.at(-1);
  if (!target) throw new Error("a plan needs a record");
  const byRun = new Map(records.map((record) => [record.run, record]));
  return planPublish([table], new Map([[table.name, served]]), target, byRun, distrusted);
}

function load(...of: Parameters<typeof plan>): Load | undefined {
  return plan(...of).tables[0]?.imported;
}

describe("what a publish loads", () => {
  const first = goldRecordOf(1, { facts: ["2026-06-01"], dim_merchants: "all" });

  test("is nothing where ClickHouse serves the newest run", () => {
    const settled = plan([first], servedAt(1));
    expect(settled.tables[0]?.imported).toEqual({ kind: "none" });
    expect(isDue(settled)).toBe(false);
  });

  test("is the union of the changed days of all runs between, each once, and none of the run that is served", () => {
    const records = [
      first,
      goldRecordOf(2, { facts: ["2026-06-03", "2026-06-02"] }),
      goldRecordOf(3, { dim_merchants: "all" }),
      goldRecordOf(4, { facts: ["2026-06-03"] }),
    ];
    expect(load(records, servedAt(1))).toEqual({ kind: "days", days: ["2026-06-02", "2026-06-03"] });
  });

  test("is the whole table where it has no days", () => {
    const records = [first, goldRecordOf(2, { dim_merchants: "all" })];
    expect(load(records, servedAt(1), goldDimMerchants)).toMatchObject({ kind: "full" });
  });

  test("is the whole table where one run says so of a table with days", () => {
    const records = [first, goldRecordOf(2, { facts: "all" }), goldRecordOf(3, { facts: ["2026-06-03"] })];
    expect(load(records, servedAt(1))).toMatchObject({ kind: "full" });
  });

  test("is nothing for a table that did not change, but the publish is due and repoints it", () => {
    const unchanged = plan([first, goldRecordOf(2, {})], servedAt(1));
    expect(unchanged.tables[0]).toMatchObject({ imported: { kind: "none" }, repoint: true });
    expect(isDue(unchanged)).toBe(true);
  });

  test.each([
    ["nothing is served", servedAt(undefined), /nothing is served/],
    ["a newer run than the lake has is served", servedAt(9), /serves gold's run 9/],
    [
      "a run of the same number in another lake is served",
      { ...servedAt(1), imported: { ...publicationOfRun(1), committedAt: "2020-01-01T00:00:00.000Z" } },
      /run 1 .* not in the lake's records/,
    ],
    [
      "columns differ",
      { ...servedAt(2), importedDifference: "refunds is new" },
      /columns differ: refunds is new/,
    ],
  ])("is the whole table where %s", (_, served, reason) => {
    const found = load([first, goldRecordOf(2, { facts: ["2026-06-02"] })], served);
    expect(found).toEqual({ kind: "full", reason: expect.stringMatching(reason) as string });
  });

  test("is the whole table where the record of the served run was compacted away", () => {
    const records = [goldRecordOf(5, { facts: ["2026-06-05"] })];
    expect(load(records, servedAt(3))).toMatchObject({ kind: "full" });
  });

  test("is the whole table where the paths disagreed, though all is at the newest run", () => {
    const healing = plan([first], servedAt(1), facts, new Set(["facts"]));
    expect(healing.tables[0]?.imported).toMatchObject({ kind: "full" });
    expect(isDue(healing)).toBe(true);
  });

  test("repoints a zero-copy table alone when only that is behind or of other columns", () => {
    const behind = plan([first], { ...servedAt(1), zeroCopy: undefined });
    expect(behind.tables[0]).toMatchObject({ imported: { kind: "none" }, repoint: true });
    const other = plan([first], { ...servedAt(1), zeroCopyDifference: "refunds is gone" });
    expect(other.tables[0]).toMatchObject({ imported: { kind: "none" }, repoint: true });
  });
});
