import { hopChecks } from "../check";
import { fresh } from "../reading/fresh";
import { keepsUp } from "../reading/keeps-up";

export const freshnessChecks = hopChecks("freshness", (check) => {
  check("bronze, silver, gold and ClickHouse keep up", keepsUp);

  check("records are in ClickHouse in time", fresh);
});
