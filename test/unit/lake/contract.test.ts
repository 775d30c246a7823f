import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { breakingChanges, contractSchema, currentContract, type Contract } from "../../../lake/contract";

const file = resolve(__dirname, "../../../lake/released-contract.json");
const released = contractSchema.parse(JSON.parse(readFileSync(file, "utf8")));

test("the contract breaks nothing of the last released one", () => {
  expect(breakingChanges(released, currentContract())).toEqual([]);
});

describe("what breaks a lake in use", () => {
  /** Breaking changes from the released contract to one with something changed. */
  function changed(change: (contract: Contract) => void): string[] {
    const copy = structuredClone(released);
    change(copy);
    return breakingChanges(released, copy);
  }
  const column = (contract: Contract, table: string, name: string) => {
    const found = contract.tables[table]?.columns[name];
    if (!found) throw new Error(`${table}.${name} is not in the contract`);
    return found;
  };
  const field = (contract: Contract, topic: string, name: string) => {
    const found = contract.topics[topic]?.[name];
    if (!found) throw new Error(`${topic}.${name} is not in the contract`);
    return found;
  };

  test.each<[string, (contract: Contract) => void, string]>([
    [
      "a column that goes",
      (contract) => delete contract.tables["gold.facts"]?.columns.refunds,
      "gold.facts.refunds is gone",
    ],
    [
      "a column of another type",
      (contract) => (column(contract, "gold.facts", "refunds").type = "double"),
      "gold.facts.refunds: its type was long, is double",
    ],
    [
      "a column that may no longer be null",
      (contract) => (column(contract, "gold.kpi_daily", "churn_rate").nullable = false),
      "gold.kpi_daily.churn_rate may no longer be null",
    ],
    [
      "a new column that may not be null",
      (contract) => {
        const table = contract.tables["silver.fct_listens"];
        if (table) table.columns.speed = { type: "double", nullable: false };
      },
      "silver.fct_listens.speed is new and may not be null",
    ],
    ["a table that goes", (contract) => delete contract.tables["gold.facts"], "gold.facts is gone"],
    [
      "a required field of an event",
      (contract) => {
        const fields = contract.topics.listen_events;
        if (fields) fields.speed = { type: "double", optional: false };
      },
      "listen_events.speed is new and required",
    ],
    [
      "a value that is no longer allowed",
      (contract) => (field(contract, "transaction_events", "currency").allowed = ["EUR"]),
      "transaction_events.currency: no longer allowed: USD",
    ],
    [
      "a bound that is tighter",
      (contract) => (field(contract, "transaction_events", "amount").max = 10),
      "transaction_events.amount: max was 1000000, is 10",
    ],
  ])("%s", (_, change, says) => {
    expect(changed(change)).toEqual([expect.stringContaining(says)]);
  });

  test("a new column that may be null, a new table and an optional field break nothing", () => {
    const changes = changed((contract) => {
      const table = contract.tables["gold.facts"];
      if (table) table.columns.tips = { type: "double", nullable: true };
      contract.tables["gold.new"] = { key: ["id"], storage: "whole", columns: {} };
      const fields = contract.topics.listen_events;
      if (fields) fields.speed = { type: "double", optional: true };
    });
    expect(changes).toEqual([]);
  });
});
