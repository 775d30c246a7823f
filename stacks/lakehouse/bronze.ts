import type { Profile } from "../../profiles";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, lakeOptions } from "../names";
import { sparkApplication } from "./spark-application";

export function bronzeApplication(profile: Profile) {
  const { bronze, observability } = profile;
  const access = kafkaAccess(profile, "bronze");
  return sparkApplication(profile, {
    name: "bronze",
    script: "jobs/bronze/main.py",
    args: [
      ...kafkaOptions(access),
      ...lakeOptions(profile),
      ...["--trigger", String(bronze.triggerSeconds)],
      ...["--max-offsets-per-trigger", String(bronze.maxRecordsPerBatch)],
      ...(bronze.acceptKafka === null ? [] : [`--accept-kafka=${bronze.acceptKafka}`]),
      // The program turns both off unless its own arguments turn them on.
      ...(observability.enabled
        ? ["spark.ui.enabled=true", "spark.sql.streaming.metricsEnabled=true"].flatMap((setting) => [
            "--spark-conf",
            setting,
          ])
        : []),
    ],
    job: bronze,
    secrets: kafkaSecrets(access),
    sparkConf: {},
  });
}
