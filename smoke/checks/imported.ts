import { goldTables, importedTable, tableKey } from "../../lake/tables";
import { hopChecks } from "../check";
import { servedAsSnapshot } from "../reading/served-as-snapshot";
import { steady } from "../reading/steady";

export const importedChecks = hopChecks("imported", (check) => {
  for (const table of goldTables)
    check(
      `${importedTable(table)} is the snapshot's Parquet`,
      (lake) => steady(lake.options, () => servedAsSnapshot(lake, table, "imported")),
      { about: [tableKey(table)] },
    );
});
