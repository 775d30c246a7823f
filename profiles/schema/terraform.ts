import { z } from "zod";
import { name, text } from "./words";

/** Where Terraform stores the state of each stack. It contains no secret of the lake. */
export const terraformBackend = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("local"),
      folder: text.describe(
        "folder with one state file per stack; relative to the project, or an absolute path",
      ),
    }),
    z.strictObject({
      kind: z.literal("kubernetes"),
      namespace: name.describe("existing namespace for the state; a destroy does not delete it"),
    }),
    z.strictObject({
      kind: z.literal("s3"),
      bucket: text,
      region: text,
      prefix: text,
      lockTable: text.nullable().describe("DynamoDB table; null: a lock file in the bucket"),
    }),
    z.strictObject({ kind: z.literal("gcs"), bucket: text, prefix: text }),
  ],
  "allowed kinds: local, kubernetes, s3, gcs",
);

export type TerraformBackend = z.infer<typeof terraformBackend>;

export const cluster = z.strictObject({
  context: text.nullable().describe("context of the kubeconfig; null: its current context"),
  domain: z.string().regex(/^[a-z0-9.-]+$/, "allowed: a DNS domain as cluster.local"),
});
