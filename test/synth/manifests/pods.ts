import { z } from "zod";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { titleOf } from "./rendered";

const quantities = z.record(z.string(), z.string());

const container = z.object({
  name: z.string(),
  imagePullPolicy: z.string(),
  resources: z.object({ requests: quantities, limits: quantities }),
});

const pod = z.object({
  initContainers: z.array(container).default([]),
  containers: z.array(container),
  volumes: z
    .array(
      z.object({
        emptyDir: z.object({ sizeLimit: z.string().optional(), medium: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

export type Pod = z.infer<typeof pod> & { readonly title: string };

const template = z.object({ template: z.object({ spec: pod }) });
const workload = z.object({ spec: template });
const cronJob = z.object({ spec: z.object({ jobTemplate: workload }) });

/** The pod of a workload of Kubernetes' own kinds; `undefined` for any other object. */
export function podIn(manifest: Manifest): Pod | undefined {
  const title = titleOf(manifest);
  switch (manifest.kind) {
    case "CronJob":
      return { title, ...cronJob.parse(manifest).spec.jobTemplate.spec.template.spec };
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return { title, ...workload.parse(manifest).spec.template.spec };
    default:
      return undefined;
  }
}
