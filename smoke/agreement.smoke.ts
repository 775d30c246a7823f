import { goldTables } from "../lake/tables";
import { hop } from "./check";
import { pathsAgree } from "./reading/paths-agree";

hop("agreement", (check) => {
  for (const table of goldTables)
    check(`${table.name}: both paths answer the same`, (lake) => pathsAgree(lake, table));
});
