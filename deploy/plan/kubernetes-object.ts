import type { Manifest } from "../../stacks/constructs/manifests";
import { fromLiteral } from "../../stacks/terraform/literal";

/** Kubernetes' apiVersion and kind of each Terraform type of plain objects that the stacks use. */
const kinds: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  kubernetes_namespace_v1: { apiVersion: "v1", kind: "Namespace" },
  kubernetes_service_account_v1: { apiVersion: "v1", kind: "ServiceAccount" },
  kubernetes_role_v1: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role" },
  kubernetes_role_binding_v1: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding" },
  kubernetes_network_policy_v1: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  kubernetes_service_v1: { apiVersion: "v1", kind: "Service" },
  kubernetes_ingress_v1: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  kubernetes_deployment_v1: { apiVersion: "apps/v1", kind: "Deployment" },
  kubernetes_cron_job_v1: { apiVersion: "batch/v1", kind: "CronJob" },
};

/** Kubernetes' names of repeatable blocks, which have singular names in Terraform. */
const plurals: Readonly<Record<string, string>> = {
  container: "containers",
  init_container: "initContainers",
  image_pull_secret: "imagePullSecrets",
  volume: "volumes",
  volume_mount: "volumeMounts",
  rule: "rules",
  subject: "subjects",
};

/** The same for names that are singular in Kubernetes, too, where they stand for one value. */
const pluralsOfLists: Readonly<Record<string, string>> = { port: "ports", path: "paths" };

/** Fields whose keys are free text, not names of fields. */
const maps = new Set(["labels", "annotations", "match_labels", "requests", "limits", "node_selector"]);

/** Numbers that Terraform stores as strings. */
const numbers = new Set(["replicas", "run_as_user", "run_as_group", "fs_group"]);

/** Fields of Terraform that Kubernetes does not have. */
const foreign = new Set(["//", "depends_on", "lifecycle", "timeouts", "wait_for_rollout", "provider"]);

type Tree = Record<string, unknown>;

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function converted(key: string, value: unknown): unknown {
  if (numbers.has(key)) return Number(value);
  // A port may be a number or a name; Terraform stores both as strings.
  if (key === "port" && typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  if (typeof value === "string") return fromLiteral(value);
  if (Array.isArray(value)) return value.map((item) => converted("", item));
  if (typeof value !== "object" || value === null) return value;
  return maps.has(key) ? value : fields(value as Tree);
}

function nameOf(key: string, value: unknown): string {
  return (Array.isArray(value) ? pluralsOfLists[key] : undefined) ?? plurals[key] ?? camel(key);
}

function fields(block: Tree): Tree {
  const entries = Object.entries(block)
    .filter(([key, value]) => !foreign.has(key) && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => [nameOf(key, value), converted(key, value)]);
  return Object.fromEntries(entries) as Tree;
}

/**
 * The Kubernetes object that Terraform's provider creates from a resource.
 * @throws Error for a type that is missing from `kinds`
 */
export function kubernetesObject(type: string, resource: object): Manifest {
  const kind = kinds[type];
  if (!kind) throw new Error(`${type}: nobody has written down which Kubernetes object it is`);
  return { ...kind, ...fields(resource as Tree) } as unknown as Manifest;
}
