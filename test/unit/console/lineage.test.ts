import { Lineage } from "../../../console/lineage/made-from";
import models from "../../../console/lineage/models.json";
import { goldTables, tableKey, tableKeys } from "../../../lake/tables";

const of = (key: string) => ({ name: key, key, madeFrom: [] });

test("a table is made from what its model reads; what only the runs read is followed on", () => {
  const lineage = new Lineage({
    facts: ["fct_transactions", "int_seen_keys"],
    int_seen_keys: ["fct_listens", "bronze.auth_events", "reference.artists"],
  });
  expect(lineage.madeFrom("gold.facts")).toEqual([
    of("silver.fct_transactions"),
    {
      ...{ name: "int_seen_keys", key: null },
      madeFrom: [
        of("silver.fct_listens"),
        of("bronze.auth_events"),
        { name: "catalogue artists of EventSim", key: null, madeFrom: [] },
      ],
    },
  ]);
  for (const key of ["silver.fct_transactions", "silver.fct_listens", "bronze.auth_events"] as const)
    expect([key, lineage.readBy(key)]).toEqual([key, ["gold.facts"]]);
  expect(lineage.readBy("gold.facts")).toEqual([]);
});

test("models that read each other's earlier rows end the way", () => {
  const lineage = new Lineage({ facts: ["int_a"], int_a: ["int_b"], int_b: ["int_a", "bronze.auth_events"] });
  expect(lineage.madeFrom("gold.facts")).toEqual([
    {
      name: "int_a",
      key: null,
      madeFrom: [{ name: "int_b", key: null, madeFrom: [of("bronze.auth_events")] }],
    },
  ]);
});

test("a dimension of both layers is the right one of the two", () => {
  const lineage = new Lineage({
    gold_dim_customers: ["dim_customers"],
    dim_customers: ["bronze.auth_events"],
  });
  expect(lineage.madeFrom("gold.dim_customers")).toEqual([of("silver.dim_customers")]);
  expect(lineage.readBy("silver.dim_customers")).toEqual(["gold.dim_customers"]);
});

test("every table of the lake but the calendar has a source, and every source of gold is a table that is shown", () => {
  const lineage = new Lineage(models);
  const without = tableKeys.filter((key) => lineage.madeFrom(key).length === 0);
  expect(without).toEqual(["silver.dim_dates"]);
  for (const table of goldTables)
    for (const { key } of lineage.madeFrom(tableKey(table)))
      if (key !== null) expect(tableKeys).toContain(key);
});
