import { layout, snapshotName } from "../layout";
import {
  clickhouseDatabase,
  goldTables,
  importedDdl,
  importedTable,
  zeroCopyDdl,
  zeroCopyTable,
  type Table,
} from "../tables";
import type { GeneratedFile } from "./generated-file";

const header = `-- What serve creates in ClickHouse for every gold table: the imported table, and its zero-copy twin that reads the
-- Parquet files of the newest published HDFS snapshot in place. Serve sets the address, the lake's root and the
-- snapshot, and appends to each comment what the table serves. To read, not to run.
`;

function tables(table: Table): string[] {
  const folder = `hdfs://namenode:8020${layout("/lake").snapshotTable(snapshotName(1), table.name)}`;
  return [
    importedDdl(table, `${clickhouseDatabase}.${importedTable(table)}`, table.doc),
    zeroCopyDdl(table, `${clickhouseDatabase}.${zeroCopyTable(table)}`, folder, table.doc),
  ];
}

/** Readable DDL of every gold table, on both paths. */
export function clickhouseSchema(): readonly GeneratedFile[] {
  const statements = goldTables.flatMap(tables).map((statement) => `\n${statement};\n`);
  return [{ path: "jobs/serve/generated/schema.sql", content: header + statements.join("") }];
}
