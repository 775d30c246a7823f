import { cloud } from "../profiles/cloud";
import type { Profile } from "../profiles";

const image = (name: string) => ({
  repository: `registry.example.com/lake/${name}`,
  tag: "0.1.0",
  digest: null,
  pullPolicy: "IfNotPresent" as const,
});

/** A cluster in three zones. Everything is as in `cloud`, except its location and that of its images. */
export const profile: Profile = {
  ...cloud,
  name: "paris",
  cluster: { context: "paris-prod", domain: "cluster.local" },
  terraform: { kind: "s3", bucket: "our-states", region: "eu-west-3", prefix: "lake/paris", lockTable: null },
  images: { spark: image("spark"), hdfs: image("hdfs"), node: image("node"), pullSecrets: [] },
  network: { ...cloud.network, apiServer: { cidrs: ["10.20.0.0/28"], ports: [443] } },
};
