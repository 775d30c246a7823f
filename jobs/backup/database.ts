import { z } from "zod";
import type { Engine } from "../serve/engine";

/** Number of tables of a database, and of the rows that it stores itself. */
export interface Content {
  readonly tables: number;
  readonly rows: number;
}

const content = z.object({ tables: z.coerce.number(), rows: z.coerce.number() });

/** @returns undefined when there is no such database */
export async function contentOfDatabase(engine: Engine, name: string): Promise<Content | undefined> {
  const databases = await engine.rows(
    `SELECT name FROM system.databases WHERE name = '${name}'`,
    z.object({ name: z.string() }),
  );
  if (databases.length === 0) return undefined;
  const [found] = await engine.rows(
    `SELECT count() AS tables, sum(ifNull(total_rows, 0)) AS rows FROM system.tables WHERE database = '${name}'`,
    content,
  );
  return found;
}

/** Drops a database with all its tables, however large: ClickHouse's size limits for drops are off. */
export async function dropDatabase(engine: Engine, name: string): Promise<void> {
  await engine.run(`DROP DATABASE IF EXISTS ${name} SYNC`, {
    max_table_size_to_drop: "0",
    max_partition_size_to_drop: "0",
  });
}
