import { hopChecks } from "../check";
import { goldSums } from "../reading/gold-sums";
import { goldTables, tableKey } from "../../lake/tables";
import { steady } from "../reading/steady";
import { goldKeys } from "../reading/gold-keys";
import { comparisons } from "../reading/gold-comparisons";

export const goldChecks = hopChecks("gold", (check) => {
  for (const table of goldTables)
    check(
      `${table.name}: one row for each ${table.key.join(" and ")}`,
      (lake) => steady(lake.options, async () => goldKeys(lake, table, await lake.progress.read())),
      { about: [tableKey(table)] },
    );

  for (const comparison of comparisons)
    check(
      comparison.name,
      (lake) => steady(lake.options, async () => goldSums(lake, comparison, await lake.progress.read())),
      { about: comparison.actual.map(({ table }) => tableKey(table)) },
    );
});
