import type { Profile } from "../profiles";
import type { StackName } from "../stacks/platform-stack";

/** What to deploy, compare or destroy, and where. */
export interface DeployRequest {
  readonly profile: Profile;
  /** Name of the profile, and the values changed by `--set`: cdktf loads the profile again in its own process. */
  readonly origin: { readonly name: string; readonly changes: string };
  readonly kubeconfig: string;
  readonly env: NodeJS.ProcessEnv;
  /** Only these stacks; all when absent. */
  readonly stacks?: readonly StackName[];
}

/** Terraform through cdktf, or Helm and kubectl where Terraform's providers can't be had. */
export const deployTools = ["terraform", "helm"] as const;
export type DeployTool = (typeof deployTools)[number];

/** A step that failed. The tool's own output is on the terminal already. */
export class StepFailed extends Error {
  override name = "StepFailed";
}
