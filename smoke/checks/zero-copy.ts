import { goldTables, tableKey, zeroCopyTable } from "../../lake/tables";
import { hopChecks } from "../check";
import { servedAsSnapshot } from "../reading/served-as-snapshot";
import { steady } from "../reading/steady";

export const zeroCopyChecks = hopChecks("zero-copy", (check) => {
  for (const table of goldTables)
    check(
      `${zeroCopyTable(table)} is the snapshot's Parquet`,
      (lake) => steady(lake.options, () => servedAsSnapshot(lake, table, "zero-copy")),
      { about: [tableKey(table)] },
    );
});
