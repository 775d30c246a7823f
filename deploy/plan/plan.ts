import type { Manifest } from "../../stacks/constructs/manifests";
import type { StackName } from "../../stacks/platform-stack";

/** A Helm release of a stack. */
export interface PlannedRelease {
  readonly name: string;
  readonly namespace: string;
  /** A local folder or archive, a chart's name in `repository`, or an oci:// address. */
  readonly chart: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
  readonly values: object;
  /** Whether the chart has to be downloaded. */
  readonly isUpstream: boolean;
}

export interface PlannedStack {
  readonly name: StackName;
  /** Objects that everything else needs: namespaces, accounts, rights, policies. */
  readonly objects: readonly Manifest[];
  /** In order of installation. */
  readonly releases: readonly PlannedRelease[];
  /** Objects that need the releases. */
  readonly workloads: readonly Manifest[];
}

/** All stacks of a profile, in order of deployment. */
export type Plan = readonly PlannedStack[];
