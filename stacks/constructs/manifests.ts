import { Construct } from "constructs";
import { OwnChart } from "./own-chart";
import type { Release } from "./release";

/** A Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A Secret of random passwords, created in the cluster at the first install and then kept. */
export interface GeneratedSecret {
  readonly name: string;
  readonly keys: readonly string[];
  /** Whether each key has its hash beside it, as `<key>-sha256`. */
  readonly sha256: boolean;
}

export interface ManifestsProps {
  readonly release: string;
  readonly namespace: string;
  readonly manifests: readonly Manifest[];
  readonly generatedSecrets?: readonly GeneratedSecret[];
}

/** Custom resources, deployed by a chart so that neither a plan nor a diff needs their definitions in the cluster. */
export class Manifests extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: ManifestsProps) {
    super(scope, id);
    const { release, namespace, manifests, generatedSecrets = [] } = props;
    const chart = new OwnChart(this, "chart", {
      chart: "resources",
      release,
      namespace,
      values: { manifests, ...(generatedSecrets.length > 0 && { generatedSecrets }) },
    });
    this.release = chart.release;
  }
}
