import { charts, versions } from "../../versions";
import { Kubectl } from "./kubectl";
import { canStart, loadArchive } from "./node-image";
import { clusterSettings, type ClusterProfile, type ClusterSettings } from "./settings";

const sparkOperator = `ghcr.io/kubeflow/spark-operator/controller:${charts.sparkOperator.version}`;

export const akhqImage = { repository: "tchiotludo/akhq", tag: charts.akhq.version } as const;

/** Third-party images that a profile's pods use, as their charts name them. */
const needed: Readonly<Record<ClusterProfile, readonly string[]>> = {
  ci: [sparkOperator],
  kind: [
    sparkOperator,
    `quay.io/strimzi/operator:${charts.strimzi.version}`,
    `quay.io/strimzi/kafka:${charts.strimzi.version}-kafka-${versions.kafka}`,
    `${akhqImage.repository}:${akhqImage.tag}`,
  ],
};

/** Loads the archives of third-party images into the node. @returns those that it can neither start nor pull */
export async function missingImages(settings: ClusterSettings, kubectl: Kubectl): Promise<string[]> {
  const { profile, upstream } = settings;
  const absent: string[] = [];
  for (const image of needed[profile]) if (!(await canStart(kubectl, image, "Never"))) absent.push(image);
  if (absent.length === 0) return [];
  for (const archive of upstream.archives) await loadArchive(settings, archive);
  const missing: string[] = [];
  for (const image of absent) if (!(await canStart(kubectl, image, "IfNotPresent"))) missing.push(image);
  return missing;
}

/** The same, with settings from the environment only. */
export function imagesMissingFor(env: NodeJS.ProcessEnv): Promise<string[]> {
  const settings = clusterSettings(env);
  return missingImages(settings, new Kubectl(settings));
}
