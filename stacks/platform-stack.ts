import { resolve } from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Profile } from "../profiles";
import { kubeconfigFiles } from "../profiles/environment";
import { Hardened } from "./aspects/hardened";
import { Labelled } from "./aspects/labelled";
import { addBackend } from "./terraform/backend";

export const projectRoot = resolve(__dirname, "..");

/** What a stack is built from. */
export interface Deployment {
  readonly profile: Profile;
  readonly kubeconfig: string;
}

/** In order of deployment; they are destroyed in reverse order. */
export const stackNames = [
  "foundation",
  "operators",
  "kafka",
  "hdfs",
  "lakehouse",
  "serving",
  "observability",
  "akhq",
  "console",
] as const;

export type StackName = (typeof stackNames)[number];

/** Contains the profile's name, so that two profiles on one machine share neither a state nor a working folder. */
export function stackId(profile: Profile, stack: StackName): string {
  return `${profile.name}-${stack}`;
}

/** A stack with its own state, and with the Kubernetes and Helm providers of the profile's cluster. */
export class PlatformStack extends TerraformStack {
  readonly profile: Profile;

  constructor(scope: Construct, name: StackName, { profile, kubeconfig }: Deployment) {
    super(scope, stackId(profile, name));
    this.profile = profile;
    const { context } = profile.cluster;
    const configPaths = kubeconfigFiles(kubeconfig);
    const files = configPaths.length === 1 ? { configPath: kubeconfig } : { configPaths };
    const access = { ...files, ...(context !== null && { configContext: context }) };
    new KubernetesProvider(this, "kubernetes", access);
    new HelmProvider(this, "helm", { kubernetes: access });
    Aspects.of(this).add(new Labelled());
    Aspects.of(this).add(new Hardened());
    addBackend(this, profile.terraform, { projectRoot, kubeconfig, context });
  }
}
