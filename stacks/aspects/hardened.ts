import { TerraformResource, TerraformStack, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { z } from "zod";

const quantities = z.object({ cpu: z.string(), memory: z.string(), "ephemeral-storage": z.string() });

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

const binding = z.object({ subject: z.array(z.object({ kind: z.string(), name: z.string() })) });

/** @param granted accounts that the stack gives rights; no other account needs its token */
function template(granted: ReadonlySet<string>) {
  const pod = z
    .object({
      automount_service_account_token: z.boolean(),
      service_account_name: z.string().optional(),
      container: z.array(container).min(1),
      init_container: z.array(container).default([]),
    })
    .refine(
      ({ automount_service_account_token: token, service_account_name: account }) =>
        !token || granted.has(account ?? ""),
      {
        path: ["automount_service_account_token"],
        error: "allowed: true only for an account that the stack grants something",
      },
    );
  return z.object({ spec: z.object({ template: z.object({ spec: pod }) }) });
}

type Template = ReturnType<typeof template>;

const workloads: Readonly<Record<string, (pods: Template) => z.ZodType>> = {
  kubernetes_deployment_v1: (pods) => pods,
  kubernetes_stateful_set_v1: (pods) => pods,
  kubernetes_daemon_set_v1: (pods) => pods,
  kubernetes_job_v1: (pods) => pods,
  kubernetes_cron_job_v1: (pods) => z.object({ spec: z.object({ job_template: pods }) }),
};

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function blockOf(node: TerraformResource): unknown {
  const { resource } = node.toTerraform() as Synthesized;
  return Object.values(resource[node.terraformResourceType] ?? {})[0];
}

function grantedIn(stack: TerraformStack): ReadonlySet<string> {
  const bindings = stack.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node))
    .filter(({ terraformResourceType }) => terraformResourceType === "kubernetes_role_binding_v1");
  return new Set(bindings.flatMap((node) => binding.parse(blockOf(node)).subject.map(({ name }) => name)));
}

function problems(node: TerraformResource, schemaOf: (pods: Template) => z.ZodType): string[] {
  const parsed = schemaOf(template(grantedIn(TerraformStack.of(node)))).safeParse(blockOf(node));
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `${node.node.path}: ${path.join(".")}: ${message}`);
}

/** Fails the synth for a container without limits, or with privileges or a token that it does not need. */
export class Hardened implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const schemaOf = workloads[node.terraformResourceType];
    if (schemaOf) node.node.addValidation({ validate: () => problems(node, schemaOf) });
  }
}
