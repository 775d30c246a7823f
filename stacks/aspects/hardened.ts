import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { z } from "zod";

const quantities = z.object({ cpu: z.string(), memory: z.string() });

const container = z.object({
  security_context: z.object({
    allow_privilege_escalation: z.literal(false),
    read_only_root_filesystem: z.literal(true),
    run_as_non_root: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
    seccomp_profile: z.object({ type: z.literal("RuntimeDefault") }),
  }),
  resources: z.object({ requests: quantities, limits: quantities }),
  image: z.string().regex(/[:@]/),
});

const workload = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        automount_service_account_token: z.literal(false),
        container: z.array(container).min(1),
        init_container: z.array(container).default([]),
      }),
    }),
  }),
});

const workloads = new Set([
  "kubernetes_deployment_v1",
  "kubernetes_stateful_set_v1",
  "kubernetes_daemon_set_v1",
  "kubernetes_job_v1",
]);

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function problems(node: TerraformResource): string[] {
  const { resource } = node.toTerraform() as Synthesized;
  const [block] = Object.values(resource[node.terraformResourceType] ?? {});
  const parsed = workload.safeParse(block);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `${node.node.path}: ${path.join(".")}: ${message}`);
}

/** No stack is written with a container that has no limits, or rights that it does not need. */
export class Hardened implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !workloads.has(node.terraformResourceType)) return;
    node.node.addValidation({ validate: () => problems(node) });
  }
}
