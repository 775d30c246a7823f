import { goldTables, importedTable } from "../lake/tables";
import { hop } from "./check";
import { servedAsSnapshot } from "./reading/served-as-snapshot";
import { steady } from "./reading/steady";

hop("imported", (check) => {
  for (const table of goldTables)
    check(`${importedTable(table)} is the snapshot's Parquet`, (lake) =>
      steady(lake.options, () => servedAsSnapshot(lake, table, "imported")),
    );
});
