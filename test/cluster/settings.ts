import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ways, type Way } from "../../deploy/request";
import { cacheFolder } from "../../local/setup/cache";
import { platformEnvironment } from "../../profiles/environment";
import { charts } from "../../versions";

/** What the stages are told; they share nothing else, so that each can be run alone. */
export interface ClusterSettings {
  readonly root: string;
  readonly kubeconfig: string;
  /** What is kept from one stage to the next: image archives, Kafka's data, figures. Terraform's states are in the checkout. */
  readonly state: string;
  /**
   * Folder with `dockerfile.sh CONTEXT DOCKERFILE NAME:TAG ARCHIVE` and `load.sh ARCHIVE`, which build an image and give it
   * to the node. Without it: `docker buildx build` and `kind load`.
   */
  readonly nodeTools: string | undefined;
  /** Address of this machine as pods know it. */
  readonly hostAddress: string;
  /** The Spark operator's image, an archive that holds it, and the folder of its chart: where they can't be pulled. */
  readonly sparkOperator:
    { readonly image: string; readonly archive: string; readonly chart: string } | undefined;
  /** Folder with the operators' custom resource definitions, for objects that the cluster would not know without. */
  readonly crdFolder: string | undefined;
  /** Terraform through cdktf, or Helm and kubectl alone, where Terraform's providers can't be had. */
  readonly deployWith: Way;
  readonly env: NodeJS.ProcessEnv;
}

const sparkOperatorImage = `ghcr.io/kubeflow/spark-operator/controller:${charts.sparkOperator.version}`;

/** The one place of the suite that reads the environment. */
export function clusterSettings(env: NodeJS.ProcessEnv = process.env): ClusterSettings {
  const state = resolve(env["CLUSTER_STATE"] ?? join(cacheFolder(env, process.platform), "cluster"));
  mkdirSync(state, { recursive: true });
  const archive = env["SPARK_OPERATOR_ARCHIVE"];
  const chart = env["SPARK_OPERATOR_CHART"];
  return {
    root: resolve(__dirname, "../.."),
    kubeconfig: platformEnvironment(env).kubeconfig,
    state,
    nodeTools: env["NODE_TOOLS"],
    hostAddress: env["HOST_ADDRESS"] ?? "10.243.0.2",
    sparkOperator:
      archive !== undefined && chart !== undefined
        ? { image: sparkOperatorImage, archive, chart }
        : undefined,
    crdFolder: env["CRD_FOLDER"],
    deployWith: z
      .enum(ways, `DEPLOY_WITH: allowed: ${ways.join(", ")}`)
      .default("terraform")
      .parse(env["DEPLOY_WITH"]),
    env: { ...env },
  };
}
