import type { Manifest } from "../../stacks/constructs/manifests";
import type { StackName } from "../../stacks/platform-stack";

/** A Helm release as a stack plans it. */
export interface PlannedRelease {
  readonly name: string;
  readonly namespace: string;
  /** A folder or archive of this machine, a chart's name in `repository`, or an oci:// address. */
  readonly chart: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
  readonly values: object;
  /** Whether the chart has to be fetched from somewhere. */
  readonly isUpstream: boolean;
}

export interface PlannedStack {
  readonly name: StackName;
  /** Objects that everything else needs: namespaces, accounts, rights, policies. */
  readonly objects: readonly Manifest[];
  /** In the order in which they are installed. */
  readonly releases: readonly PlannedRelease[];
  /** Objects that need the releases. */
  readonly workloads: readonly Manifest[];
}

/** All of a profile, in the order in which it is deployed. */
export type Plan = readonly PlannedStack[];
