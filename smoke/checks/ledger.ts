import { eventTopics } from "../../lake/events";
import { hopChecks } from "../check";
import { accountedFor } from "../reading/accounted-for";
import { accountedByHour } from "../reading/accounted-by-hour";

export const ledgerChecks = hopChecks("ledger", (check) => {
  for (const topic of eventTopics)
    check(`${topic}: every layer holds what the sources sent`, (lake) => accountedFor(lake, topic));

  check("every event hour holds what the sources sent", accountedByHour);
});
