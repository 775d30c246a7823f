import { goldTables, tableKey } from "../../lake/tables";
import { hopChecks } from "../check";
import { pathsAgree } from "../reading/paths-agree";

export const agreementChecks = hopChecks("agreement", (check) => {
  for (const table of goldTables)
    check(`${table.name}: both paths answer the same`, (lake) => pathsAgree(lake, table), {
      about: [tableKey(table)],
    });
});
