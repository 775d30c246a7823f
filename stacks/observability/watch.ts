import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { labelsOf } from "../labels";
import { smokeJob } from "../smoke/job";

export const watchName = "lake-watch";

/** Checks that only read and send no probe events. The alerts report what they find. */
const checks = "freshness,quarantine,loss";

/** How long the alert reports lost records: they can't be recovered, but somebody has to know. */
const lossHours = 24;

/** Runs smoke checks on a schedule: how fresh the lake is, how much is in quarantine, and whether records were lost. */
export function watchCronJob(profile: Profile): Manifest & { spec: object } {
  const { freshnessSeconds, quarantineShare, everyMinutes } = profile.observability.alerts;
  const job = smokeJob(profile, watchName, [
    ...["--checks", checks, "--no-probe"],
    ...["--freshness", String(freshnessSeconds), "--quarantine", String(quarantineShare)],
    ...["--loss", String(lossHours)],
  ]);
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { ...job.metadata, name: watchName },
    spec: {
      schedule: `*/${everyMinutes} * * * *`,
      timeZone: "Etc/UTC",
      startingDeadlineSeconds: everyMinutes * 60,
      concurrencyPolicy: "Forbid",
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { metadata: { labels: labelsOf("smoke") }, spec: job.spec },
    },
  };
}
