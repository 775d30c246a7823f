import { createHash } from "node:crypto";
import { layout } from "../../../lake/layout";
import { referenceNames, type Catalogue, type ReferenceName } from "../../../lake/reference";
import type { WebHdfs } from "../../hdfs/webhdfs";

/** The rows as JSON, one per line. */
export function toNdjson(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** The marker's name starts with `_`, which hides it from Spark. */
const marker = "_sha256";

async function published(hdfs: WebHdfs, folder: string): Promise<string | undefined> {
  const names = new Set((await hdfs.listIfExists(folder)).map((file) => file.pathSuffix));
  if (!names.has(marker) || !names.has("part-0.json")) return undefined;
  return (await hdfs.read(`${folder}/${marker}`)).toString("utf8");
}

/**
 * Writes `reference/<name>/part-0.json` of each catalogue that is missing or differs. A reader sees either the old file
 * or the new one.
 * @returns the names of the catalogues that were written
 */
export async function publishCatalogue(
  hdfs: WebHdfs,
  lake: string,
  catalogue: Catalogue,
): Promise<ReferenceName[]> {
  const written: ReferenceName[] = [];
  for (const name of referenceNames) {
    const folder = layout(lake).reference(name);
    const content = toNdjson(catalogue[name]);
    const sha256 = createHash("sha256").update(content).digest("hex");
    if ((await published(hdfs, folder)) === sha256) continue;
    await hdfs.write(`${folder}/_part-0.json`, content);
    await hdfs.rename(`${folder}/_part-0.json`, `${folder}/part-0.json`);
    await hdfs.write(`${folder}/${marker}`, sha256);
    written.push(name);
  }
  return written;
}
