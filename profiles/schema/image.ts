import { z } from "zod";
import { pullPolicy } from "./size";
import { name, text } from "./words";

const repository = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    "allowed: a repository without tag, as ghcr.io/someone/lake-node",
  );

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "allowed: sha256: and 64 hexadecimal digits");

const tag = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "allowed: a tag")
  .refine((given) => given !== "latest", "allowed: any tag but latest, which says not what runs");

export const image = z
  .strictObject({
    repository,
    tag: tag.nullable(),
    digest: digest.nullable().describe("takes precedence over the tag"),
    pullPolicy,
  })
  .refine(({ tag, digest }) => tag !== null || digest !== null, "allowed: a tag, or a digest, or both");

export type Image = z.infer<typeof image>;

/** `repository:tag` or `repository@digest`. */
export function reference({ repository, tag, digest }: Image): string {
  return digest === null ? `${repository}:${tag}` : `${repository}@${digest}`;
}

/** Tag and digest, for a chart that itself writes the repository and a colon before them. */
export function tagWithDigest({ tag, digest }: Image): string {
  return `${tag ?? "pinned"}${digest === null ? "" : `@${digest}`}`;
}

/** Where a chart comes from: an HTTPS repository or a registry, or a local folder or archive. */
export const chart = z.strictObject({
  repository: z
    .string()
    .regex(/^(https|oci):\/\/\S+$/, "allowed: https://... or oci://..., or null for a chart of this machine")
    .nullable(),
  chart: text.describe("name of the chart in the repository, or a local folder or .tgz"),
  version: z.string().regex(/^\d+\.\d+\.\d+([-+].*)?$/, "allowed: an exact version as 1.2.0"),
});

export type Chart = z.infer<typeof chart>;

/** The project's own images that every deployment needs. */
export const images = z.strictObject({
  spark: image.describe("image of bronze, silver and gold"),
  hdfs: image.describe("image of NameNode, DataNode, JournalNode and ZooKeeper"),
  node: image.describe(
    "image of EventSim, serve, smoke checks, the console, ClickHouse's backups, watchdog and AKHQ's log-in to Kafka",
  ),
  pullSecrets: z.array(name).describe("Secrets of type dockerconfigjson; each must exist in both namespaces"),
});
