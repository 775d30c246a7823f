import { z } from "zod";
import { cpuMillis, mebibytes } from "../../../deploy/fit/quantity";
import type { Manifest } from "../../../stacks/constructs/manifests";

const container = z.looseObject({
  name: z.string(),
  image: z.string().default(""),
  imagePullPolicy: z.string().optional(),
  ports: z.array(z.looseObject({ containerPort: z.number() })).default([]),
  resources: z
    .looseObject({ requests: z.record(z.string(), z.string()).default({}) })
    .default({ requests: {} }),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
});

const podTemplate = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({
    serviceAccountName: z.string().default("default"),
    automountServiceAccountToken: z.boolean().optional(),
    imagePullSecrets: z.array(z.object({ name: z.string() })).default([]),
    initContainers: z.array(container).default([]),
    containers: z.array(container),
    volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  }),
});

/** A pod as a workload describes it, with all fields. */
export type PodTemplate = z.infer<typeof podTemplate>;

const workload = z.looseObject({ spec: z.looseObject({ template: podTemplate }) });
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: workload }) });

/** The pod of a workload of Kubernetes' own kinds; `undefined` for any other object. */
export function podTemplateIn(manifest: Manifest): PodTemplate | undefined {
  switch (manifest.kind) {
    case "CronJob":
      return cronJob.parse(manifest).spec.jobTemplate.spec.template;
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return workload.parse(manifest).spec.template;
    default:
      return undefined;
  }
}

/** What a scheduler counts: the sum of all containers, or an init container's requests if they are more. */
export function requestsOf({ spec: { containers, initContainers } }: PodTemplate) {
  const all = (of: (requests: Record<string, string>) => number) =>
    Math.max(
      containers.reduce((sum, { resources }) => sum + of(resources.requests), 0),
      ...initContainers.map(({ resources }) => of(resources.requests)),
    );
  return {
    cpuMillis: all(({ cpu = "0" }) => cpuMillis(cpu)),
    memoryMebibytes: all(({ memory = "0" }) => mebibytes(memory)),
  };
}

/** Whether a volume of its own gives it a token for the API server. */
export function mountsToken({ spec: { volumes } }: PodTemplate): boolean {
  return volumes.some((volume) => JSON.stringify(volume).includes('"serviceAccountToken"'));
}
