import { eventTopics } from "../../lake/events";
import { excludedEvents, silverFacts, tableKey } from "../../lake/tables";
import { hopChecks } from "../check";
import { eachEventOnce } from "../reading/each-event-once";
import { excludedAsRecorded } from "../reading/excluded-as-recorded";
import { silverMoney } from "../reading/silver-money";
import { steady } from "../reading/steady";

export const silverChecks = hopChecks("silver", (check) => {
  for (const topic of eventTopics)
    check(
      `${topic}: every event in time exactly once`,
      (lake) =>
        steady(lake.options, async () => {
          const rows = await eachEventOnce(lake, topic, await lake.progress.read());
          return `${rows} rows`;
        }),
      { about: [tableKey(silverFacts[topic])] },
    );

  check(
    "sum of money is what bronze says, converted by the day's rate",
    (lake) => steady(lake.options, async () => silverMoney(lake, await lake.progress.read())),
    { about: [tableKey(silverFacts.transaction_events)] },
  );

  check(
    "every other event of bronze is excluded for a reason",
    (lake) => steady(lake.options, async () => excludedAsRecorded(lake, await lake.progress.read())),
    { about: [tableKey(excludedEvents)] },
  );
});
