import { eventTopics } from "../lake/events";
import { hop } from "./check";
import { eachEventOnce } from "./reading/each-event-once";
import { rejectedAsRecorded } from "./reading/rejected-as-recorded";
import { silverMoney } from "./reading/silver-money";
import { steady } from "./reading/steady";

hop("silver", (check) => {
  for (const topic of eventTopics)
    check(`${topic}: every event in time exactly once`, (lake) =>
      steady(lake.options, async () => {
        const rows = await eachEventOnce(lake, topic, await lake.progress.read());
        return `${rows} rows`;
      }),
    );

  check("sum of money is what bronze says, converted by the day's rate", (lake) =>
    steady(lake.options, async () => silverMoney(lake, await lake.progress.read())),
  );

  check("events out of time are counted as rejected", (lake) =>
    steady(lake.options, async () => rejectedAsRecorded(lake, await lake.progress.read())),
  );
});
