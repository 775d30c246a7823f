import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { labelsOf, type Component } from "../labels";
import type { NodePart } from "../parts/node-part";
import { podBlock } from "../terraform/pod-block";
import { nodeExceptions } from "./node-exceptions";
import { nodePod } from "./node-pod";

export interface ScheduledJobProps {
  readonly part: NodePart<Component>;
  readonly profile: Profile;
  readonly everyMinutes: number;
  /** A run that takes longer is ended; the next one starts on schedule. */
  readonly deadlineSeconds: number;
}

/** A CronJob of one short process, never two at once. The last three failed Jobs are kept for their logs. */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id);
    const { part, profile, everyMinutes, deadlineSeconds } = props;
    const labels = labelsOf(part.name);
    new CronJobV1(this, "cron-job", {
      metadata: {
        name: part.name,
        namespace: profile.namespace,
        labels,
        ...kubeScoreExceptions(nodeExceptions(profile.images.node)),
      },
      spec: {
        schedule: `*/${everyMinutes} * * * *`,
        concurrencyPolicy: "Forbid",
        // Without a deadline Kubernetes stops scheduling once a hundred runs were missed.
        startingDeadlineSeconds: everyMinutes * 60,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: deadlineSeconds,
            template: {
              metadata: { labels },
              spec: podBlock({ ...nodePod(part, profile), restartPolicy: "Never" }),
            },
          },
        },
      },
    });
  }
}
