import { Construct } from "constructs";
import { OwnChart } from "./own-chart";
import type { Release } from "./release";

/** A Kubernetes object as it is written. */
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

/** A Secret of random passwords that is made in the cluster once, and kept. */
export interface GeneratedSecret {
  readonly name: string;
  readonly keys: readonly string[];
  /** Beside each key, `<key>-sha256` with its hash. */
  readonly sha256: boolean;
}

export interface ManifestsProps {
  readonly release: string;
  readonly namespace: string;
  readonly manifests: readonly Manifest[];
  readonly generatedSecrets?: readonly GeneratedSecret[];
}

/** Custom resources: through a chart, so that neither a plan nor a diff needs their definitions in the cluster. */
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
