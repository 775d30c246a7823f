import { eventTopics } from "../../lake/events";
import { rawTableKey } from "../../lake/tables";
import { hopChecks } from "../check";
import { eachRecordOnce } from "../reading/each-record-once";
import { columnsAsContracted } from "../reading/contracted-columns";
import { typedAsSent } from "../reading/typed-as-sent";

const all = eventTopics.map(rawTableKey);

export const bronzeChecks = hopChecks("bronze", (check) => {
  for (const topic of eventTopics)
    check(
      `${topic}: every record exactly once`,
      async (lake) => {
        const { bronze, quarantine, skipped, lost } = await eachRecordOnce(
          lake,
          topic,
          await lake.progress.read(),
        );
        const gone = [...lost].flatMap(([partition, ranges]) =>
          ranges.map(({ from, until }) => `${partition}: ${from} to ${until - 1}`),
        );
        return [
          `${bronze} rows, and ${quarantine} in quarantine`,
          ...(skipped > 0 ? [`${skipped} offsets without a record (transactions, compaction)`] : []),
          ...(gone.length > 0
            ? [`LOST, deleted by Kafka before they were read: offsets ${gone.join(", ")}`]
            : []),
        ].join("; ");
      },
      { about: [rawTableKey(topic)] },
    );

  check("columns are as lake/ says", (lake) => columnsAsContracted(lake, "bronze"), { about: all });

  check(
    "bytes are Kafka's, and the columns say what they say",
    async (lake) => typedAsSent(lake, await lake.progress.read()),
    { about: all },
  );
});
