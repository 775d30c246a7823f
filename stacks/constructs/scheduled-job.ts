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
  /** It is ended after so long, and the next one starts when its time comes. */
  readonly deadlineSeconds: number;
}

/** One process that runs for a moment, again and again, and never beside itself. What it says when it fails is kept longer. */
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
        // Without a deadline Kubernetes gives a schedule up once it has missed a hundred runs.
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
