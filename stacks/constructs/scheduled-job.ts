import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { Construct } from "constructs";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { labelsOf } from "../labels";
import { nodeExceptions } from "./node-exceptions";
import { nodePod, type NodePodProps } from "./node-pod";

export interface ScheduledJobProps extends NodePodProps {
  readonly everyMinutes: number;
  /** It is ended after so long, and the next one starts when its time comes. */
  readonly deadlineSeconds: number;
}

/** One process that runs for a moment, again and again, and never beside itself. What it says when it fails is kept longer. */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id);
    const { component, profile, everyMinutes, deadlineSeconds } = props;
    const labels = labelsOf(component);
    new CronJobV1(this, "cron-job", {
      metadata: {
        name: component,
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
            template: { metadata: { labels }, spec: { ...nodePod(props), restartPolicy: "Never" } },
          },
        },
      },
    });
  }
}
