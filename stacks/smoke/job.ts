import type { PodSpec } from "kubernetes-types/core/v1";
import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { nodeExceptions } from "../constructs/node-exceptions";
import { nodePod } from "../constructs/node-pod";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { labelsOf } from "../labels";
import { smoke } from "../parts/smoke";

const minutesToReadItsLog = 60;

/**
 * A Job that runs the checks of `smoke/` once.
 * @param name of the Job; it must be new each time, as a Job never runs twice
 * @param args for the checks, appended to the options that say where the lake is
 */
export function smokeJob(
  profile: Profile,
  name: string,
  args: readonly string[] = [],
): Manifest & { spec: object } {
  const { script, args: place } = smoke.program(profile);
  const checks = { ...smoke, program: () => ({ script, args: [...place, ...args] }) };
  const pod = { ...nodePod(checks, profile), restartPolicy: "Never" } satisfies PodSpec;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace: profile.namespace,
      labels: labelsOf("smoke"),
      ...kubeScoreExceptions(nodeExceptions(profile.images.node)),
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: profile.smoke.deadlineSeconds,
      ttlSecondsAfterFinished: minutesToReadItsLog * 60,
      template: { metadata: { labels: labelsOf("smoke") }, spec: pod },
    },
  };
}
