import { mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { z } from "zod";
import { deployTools, type DeployTool } from "../../deploy/request";
import { cacheFolder } from "../../toolchain/cache";
import { platformEnvironment } from "../../profiles/environment";
import type { charts } from "../../versions";

/** Profiles that the suite can deploy: `ci` unchanged, `kind` reduced to one small node (`node-kind.ts`). */
export const clusterProfiles = ["ci", "kind"] as const;
export type ClusterProfile = (typeof clusterProfiles)[number];

/** Settings of the stages, which share nothing else, so that each can be run alone. */
export interface ClusterSettings {
  readonly root: string;
  readonly profile: ClusterProfile;
  readonly kubeconfig: string;
  /** Folder for what is kept between stages: image archives, Kafka's data, figures. Terraform's states are in the checkout. */
  readonly state: string;
  /**
   * Folder with `dockerfile.sh CONTEXT DOCKERFILE NAME:TAG ARCHIVE` and `load.sh ARCHIVE`, which build an image and load it
   * into the node. Without it: `docker buildx build` and `kind load`.
   */
  readonly nodeTools: string | undefined;
  /** Address of this machine for pods. */
  readonly hostAddress: string;
  /** Archives of third-party images, and folders of third-party charts, for use where they can't be pulled. */
  readonly upstream: {
    readonly archives: readonly string[];
    readonly charts: { readonly [Name in keyof typeof charts]: string | undefined };
  };
  /** Folder with the operators' custom resource definitions, for objects that the cluster would otherwise not know. */
  readonly crdFolder: string | undefined;
  /** Terraform through cdktf, or only Helm and kubectl where Terraform's providers are not available. */
  readonly deployWith: DeployTool;
  readonly env: NodeJS.ProcessEnv;
}

/** The only place of the suite that reads the environment. */
export function clusterSettings(env: NodeJS.ProcessEnv = process.env): ClusterSettings {
  const state = resolve(env["CLUSTER_STATE"] ?? join(cacheFolder(env, process.platform), "cluster"));
  mkdirSync(state, { recursive: true });
  return {
    root: resolve(__dirname, "../.."),
    profile: z
      .enum(clusterProfiles, `CLUSTER_PROFILE: allowed: ${clusterProfiles.join(", ")}`)
      .default("ci")
      .parse(env["CLUSTER_PROFILE"]),
    kubeconfig: platformEnvironment(env).kubeconfig,
    state,
    nodeTools: env["NODE_TOOLS"],
    hostAddress: env["HOST_ADDRESS"] ?? "10.243.0.2",
    upstream: {
      archives: (env["IMAGE_ARCHIVES"] ?? "").split(delimiter).filter((path) => path !== ""),
      charts: {
        strimzi: env["STRIMZI_CHART"],
        sparkOperator: env["SPARK_OPERATOR_CHART"],
        akhq: env["AKHQ_CHART"],
      },
    },
    crdFolder: env["CRD_FOLDER"],
    deployWith: z
      .enum(deployTools, `DEPLOY_WITH: allowed: ${deployTools.join(", ")}`)
      .default("terraform")
      .parse(env["DEPLOY_WITH"]),
    env: { ...env },
  };
}
