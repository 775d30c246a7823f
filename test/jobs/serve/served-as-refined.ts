import { z } from "zod";
import {
  clickhouseDatabase,
  goldTables,
  importedTable,
  zeroCopyTable,
  type Table,
} from "../../../lake/tables";
import { contentOf, type Content } from "../../../jobs/serve/agreement";
import { Engine } from "../../../jobs/serve/engine";
import type { GoldState } from "../../../testbed/gold-fixture";
import { servedRows } from "../../../testbed/gold-rows";
import type { LakeToServe } from "./lake-to-serve";

export interface Shown {
  readonly imported: Content;
  readonly zeroCopy: Content;
}

/** The content of both tables of a gold table. */
export async function shown(lake: LakeToServe, table: Table): Promise<Shown> {
  const engine = new Engine(lake.client);
  return {
    imported: await contentOf(engine, table, `${clickhouseDatabase}.${importedTable(table)}`),
    zeroCopy: await contentOf(engine, table, `${clickhouseDatabase}.${zeroCopyTable(table)}`),
  };
}

/** The content of all tables, by table, for comparison with a later state. */
export async function shownOfAll(lake: LakeToServe): Promise<Record<string, Shown>> {
  const all: Record<string, Shown> = {};
  for (const table of goldTables) all[table.name] = await shown(lake, table);
  return all;
}

/** Checks that both paths of every gold table have exactly the rows that were refined, whichever Parquet they were read from. */
export async function expectServed(
  lake: LakeToServe,
  state: GoldState,
  tables: readonly Table[] = goldTables,
): Promise<void> {
  const engine = new Engine(lake.client);
  for (const table of tables) {
    const parts = state.filter((change) => change.table === table);
    const wanted = await contentOf(engine, table, `(${servedRows(table, parts)})`);
    expect({ table: table.name, ...(await shown(lake, table)) }).toEqual({
      table: table.name,
      imported: wanted,
      zeroCopy: wanted,
    });
  }
}

const servedRow = z.object({ name: z.string(), snapshot: z.string() });

/** The snapshots that the tables claim to show, each once. */
export async function servedSnapshots(lake: LakeToServe): Promise<string[]> {
  const rows = await new Engine(lake.client).rows("SELECT name, snapshot FROM lake.served", servedRow);
  return [...new Set(rows.map(({ snapshot }) => snapshot))].sort();
}
