import { clickhouseType } from "../../../lake/tables";
import { facts } from "../../../lake/tables/gold";
import { columnDifference, servedComment } from "../../../jobs/serve/served";

const contract = Object.entries(facts.columns).map(([name, column]) => ({
  name,
  type: clickhouseType(column),
  comment: column.doc,
}));

describe("how columns differ from the contract", () => {
  test("is nothing for the contract's own", () => {
    expect(columnDifference(facts, contract)).toBe("");
  });

  test.each([
    ["a column is missing", contract.slice(1), "merchant_id is new"],
    ["there is one too many", [...contract, { name: "extra", type: "String", comment: "" }], "extra is gone"],
    [
      "a type is another",
      contract.map((column) => (column.name === "refunds" ? { ...column, type: "Int32" } : column)),
      "refunds was Int32, is Int64",
    ],
    [
      "a description is another",
      contract.map((column) => (column.name === "refunds" ? { ...column, comment: "old" } : column)),
      "refunds is described anew",
    ],
    ["the order is another", [...contract].reverse(), "columns are in another order"],
  ])("is said when %s", (_, found, words) => {
    expect(columnDifference(facts, found)).toBe(words);
  });
});

describe("a table's comment", () => {
  test("says what is served", () => {
    const comment = servedComment(facts, {
      snapshot: "s00000007",
      run: 7,
      committedAt: "2026-06-01T00:00:00.000Z",
    });
    expect(comment).toBe(`${facts.doc}; snapshot s00000007, gold run 7, committed 2026-06-01T00:00:00.000Z`);
  });

  test("says that nothing is", () => {
    expect(servedComment(facts, undefined)).toBe(`${facts.doc}; nothing published yet`);
  });
});
