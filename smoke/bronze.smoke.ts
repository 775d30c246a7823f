import { eventTopics } from "../lake/events";
import { hop } from "./check";
import { eachRecordOnce } from "./reading/each-record-once";
import { columnsAsContracted } from "./reading/contracted-columns";
import { typedAsSent } from "./reading/typed-as-sent";

hop("bronze", (check) => {
  for (const topic of eventTopics)
    check(`${topic}: every record exactly once`, async (lake) => {
      const rows = await eachRecordOnce(lake, topic, await lake.progress.read());
      return `${rows.bronze} rows, and ${rows.quarantine} in quarantine`;
    });

  check("columns are as lake/ says", (lake) => columnsAsContracted(lake, "bronze"));

  check("bytes are Kafka's, and the columns say what they say", async (lake) =>
    typedAsSent(lake, await lake.progress.read()),
  );
});
