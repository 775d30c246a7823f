import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { execute, lastLine } from "../../../deploy/execute";
import { withTemporaryFile } from "../../../deploy/temporary-file";
import type { Manifest } from "../../../stacks/constructs/manifests";

/** One check that an object does not pass. */
export interface Finding {
  /** The object's title, from `titleOf`. */
  readonly object: string;
  readonly check: string;
  readonly says: string;
}

const report = z.array(
  z.object({
    type_meta: z.object({ kind: z.string() }),
    object_meta: z.object({ name: z.string(), namespace: z.string().optional() }),
    checks: z.array(
      z.object({
        check: z.object({ id: z.string() }),
        grade: z.number(),
        skipped: z.boolean(),
        comments: z.array(z.object({ path: z.string(), summary: z.string() })).nullable(),
      }),
    ),
  }),
);

/** kube-score's grade for WARNING; 1 is CRITICAL, and higher grades are good. */
const warning = 5;

/** Path of kube-score: on the PATH, or where `go install` puts it. */
export function findKubeScore(env: NodeJS.ProcessEnv): string | undefined {
  const folders = [...(env["PATH"] ?? "").split(delimiter), env["GOBIN"] ?? "", join(homedir(), "go", "bin")];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "kube-score"))
    .find((file) => existsSync(file));
}

/** @param args `--disable-ignore-checks-annotations` also reports the checks that objects ask to leave out */
export async function findings(
  kubeScore: string,
  manifests: readonly Manifest[],
  args: readonly string[] = [],
): Promise<Finding[]> {
  const list = { apiVersion: "v1", kind: "List", items: manifests };
  const executed = await withTemporaryFile(list, (file) =>
    execute(kubeScore, ["score", "--output-format", "json", ...args, file], process.env),
  );
  if (executed.stdout === "") throw new Error(`${kubeScore} scored nothing: ${lastLine(executed)}`);
  return report.parse(JSON.parse(executed.stdout)).flatMap(({ type_meta: { kind }, object_meta, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade <= warning)
      .map(({ check, comments }) => ({
        object: `${kind} ${object_meta.namespace ?? ""}/${object_meta.name}`,
        check: check.id,
        says: (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join("; "),
      })),
  );
}
