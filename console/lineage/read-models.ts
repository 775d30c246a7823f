import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/**
 * By dbt model, what it reads: other models, `bronze.<topic>` and `reference.<catalogue>`. Earlier rows of a model, which a
 * run adds to, count as the model.
 */
export type Models = Readonly<Record<string, readonly string[]>>;

const listed = z.object({ name: z.string(), depends_on: z.object({ nodes: z.array(z.string()) }) });

/**
 * Asks dbt what each of its models reads.
 * @param python of the environment that dbt is installed in
 * @param project the dbt project's folder
 */
export async function readModels(python: string, project: string): Promise<Models> {
  const folder = await mkdtemp(join(tmpdir(), "lineage-"));
  const where = [
    "--project-dir",
    project,
    "--profiles-dir",
    project,
    "--target-path",
    folder,
    "--log-path",
    folder,
  ];
  const what = ["--resource-type", "model", "--output", "json", "--output-keys", "name", "depends_on"];
  try {
    const { stdout } = await promisify(execFile)(
      join(dirname(python), "dbt"),
      ["--quiet", "ls", ...where, ...what],
      { env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" } },
    );
    const models = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => listed.parse(JSON.parse(line)))
      .map(({ name, depends_on: { nodes } }) => [name, parentsOf(name, nodes)] as const);
    return Object.fromEntries(models.sort(([left], [right]) => (left < right ? -1 : 1)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param nodes as dbt names them: `model.lake.facts`, `source.lake.before.facts` */
function parentsOf(model: string, nodes: readonly string[]): readonly string[] {
  const parents = nodes.flatMap((node) => {
    const [kind, , ...rest] = node.split(".");
    const [source = "", table = ""] = rest;
    if (kind === "model") return [source];
    // What the driver knows, such as the run's number, is no data.
    if (source === "driver") return [];
    return [source === "before" || source === "added" ? table : `${source}.${table}`];
  });
  return [...new Set(parents)].filter((name) => name !== model).sort();
}
