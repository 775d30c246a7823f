import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { labelsOf } from "../labels";
import { smokeJob } from "../smoke/job";

export const watchName = "lake-watch";

/** The checks that look and send nothing: what they find is what the alerts say. */
const checks = "freshness,quarantine,loss";

/** So long the alert says that records were lost: nobody can bring them back, but somebody has to know. */
const lossHours = 24;

/** Asks the lake itself, with the smoke checks, how fresh it is and how much of it is unreadable. */
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
