import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";

interface Listing {
  readonly FileStatuses: {
    readonly FileStatus: readonly { readonly pathSuffix: string; readonly type: string }[];
  };
}

/** Every Parquet file below a folder of HDFS. Files whose names begin with `_` are still being written. */
async function filesBelow(webhdfs: string, folder: string): Promise<string[]> {
  const reply = await fetch(`${webhdfs}/webhdfs/v1${folder}?op=LISTSTATUS`);
  if (!reply.ok) throw new Error(`${folder}: ${reply.status} ${await reply.text()}`);
  const { FileStatuses } = (await reply.json()) as Listing;
  const found: string[] = [];
  for (const { pathSuffix, type } of FileStatuses.FileStatus) {
    if (type === "DIRECTORY") found.push(...(await filesBelow(webhdfs, `${folder}/${pathSuffix}`)));
    else if (pathSuffix.endsWith(".parquet") && !pathSuffix.startsWith("_"))
      found.push(`${folder}/${pathSuffix}`);
  }
  return found;
}

/** Copies the newest files of a topic's bronze from HDFS, and queries them with DuckDB. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      webhdfs: { type: "string", default: "http://127.0.0.1:28003" },
      topic: { type: "string", default: "listen_events" },
      customer: { type: "string" },
      files: { type: "string", default: "20" },
      help: { type: "boolean" },
    },
  });
  if (values.help)
    return console.log(
      "read-bronze.ts [--webhdfs http://host:port] [--topic name] [--customer id] [--files n]",
    );
  const copies = mkdtempSync(join(tmpdir(), "bronze-"));
  try {
    const files = await filesBelow(values.webhdfs, `/lake/bronze/${values.topic}`);
    for (const [index, path] of files.sort().slice(-Number(values.files)).entries()) {
      const reply = await fetch(`${values.webhdfs}/webhdfs/v1${path}?op=OPEN`);
      writeFileSync(join(copies, `${index}.parquet`), Buffer.from(await reply.arrayBuffer()));
    }
    const connection = await (await DuckDBInstance.create()).connect();
    const newest = await connection.runAndReadAll(
      `SELECT kafka_timestamp, event_id, customer_id, decode(kafka_value) AS json
       FROM read_parquet('${copies}/*.parquet')
       WHERE $customer IS NULL OR customer_id = $customer
       ORDER BY kafka_timestamp DESC LIMIT 200`,
      { customer: values.customer ?? null },
    );
    for (const row of newest.getRowObjectsJson()) console.log(JSON.stringify(row));
  } finally {
    rmSync(copies, { recursive: true });
  }
}

void main();
