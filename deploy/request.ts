import type { Profile } from "../profiles";
import type { StackName } from "../stacks/platform-stack";

/** What is to be deployed, looked at or taken away, and where. */
export interface DeployRequest {
  readonly profile: Profile;
  /** How the profile is named, and the values that were changed in it: cdktf loads it by itself. */
  readonly origin: { readonly name: string; readonly changes: string };
  readonly kubeconfig: string;
  readonly env: NodeJS.ProcessEnv;
  /** Only these; all when absent. */
  readonly stacks?: readonly StackName[];
}

/** Terraform through cdktf, or Helm and kubectl where Terraform's providers can't be had. */
export const deployTools = ["terraform", "helm"] as const;
export type DeployTool = (typeof deployTools)[number];

/** A step that did not succeed; what the tool said is on the terminal already. */
export class StepFailed extends Error {
  override name = "StepFailed";
}
