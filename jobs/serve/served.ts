import { z } from "zod";
import {
  clickhouseDatabase,
  clickhouseType,
  importedTable,
  zeroCopyTable,
  type Table,
} from "../../lake/tables";
import type { Engine } from "./engine";

/** The run of gold that a table shows. `committedAt` tells it from the run of that number in a lake since wiped. */
export interface Publication {
  readonly snapshot: string;
  readonly run: number;
  readonly committedAt: string;
}

/** One gold table as ClickHouse serves it. A publication is absent when nothing, or something unknown, is served. */
export interface Served {
  readonly imported: Publication | undefined;
  readonly zeroCopy: Publication | undefined;
  /** How the columns of each path differ from the contract, in words; empty when they don't. */
  readonly importedDifference: string;
  readonly zeroCopyDifference: string;
}

/** A table's comment: its description, then the publication in the form that the view `served` reads. */
export function servedComment(table: Table, publication: Publication | undefined): string {
  if (!publication) return `${table.doc}; nothing published yet`;
  const { snapshot, run, committedAt } = publication;
  return `${table.doc}; snapshot ${snapshot}, gold run ${run}, committed ${committedAt}`;
}

const servedRow = z.object({
  name: z.string(),
  snapshot: z.string(),
  gold_run: z.coerce.number().nullable(),
  committed_at: z.string(),
  partition_key: z.string(),
  sorting_key: z.string(),
});

const columnRow = z.object({ table: z.string(), name: z.string(), type: z.string(), comment: z.string() });

type ServedRow = z.infer<typeof servedRow>;
type ColumnRow = z.infer<typeof columnRow>;

function publication(row: ServedRow | undefined): Publication | undefined {
  if (!row || row.gold_run === null || row.snapshot === "" || row.committed_at === "") return undefined;
  return { snapshot: row.snapshot, run: row.gold_run, committedAt: row.committed_at };
}

/** How `found` columns differ from the table's, in words; empty when they are the same. */
export function columnDifference(
  table: Table,
  found: readonly { name: string; type: string; comment: string }[],
): string {
  const wanted = Object.entries(table.columns).map(([name, column]) => ({
    name,
    type: clickhouseType(column),
    comment: column.doc,
  }));
  const added = wanted.filter(({ name }) => !found.some((column) => column.name === name));
  const gone = found.filter(({ name }) => !wanted.some((column) => column.name === name));
  const changed = wanted.flatMap((column) => {
    const now = found.find(({ name }) => name === column.name);
    if (!now) return [];
    if (now.type !== column.type) return [`${column.name} was ${now.type}, is ${column.type}`];
    return now.comment === column.comment ? [] : [`${column.name} is described anew`];
  });
  const words = [
    ...added.map(({ name }) => `${name} is new`),
    ...gone.map(({ name }) => `${name} is gone`),
    ...changed,
  ];
  const moved = words.length === 0 && wanted.some(({ name }, index) => found[index]?.name !== name);
  return moved ? "columns are in another order" : words.join(", ");
}

function keyDifference(table: Table, row: ServedRow | undefined): string {
  if (!row) return "";
  const sortedBy = table.key.join(", ");
  if (row.sorting_key !== sortedBy) return `it was sorted by ${row.sorting_key}, is by ${sortedBy}`;
  const cutBy = table.partitionedBy ?? "";
  return row.partition_key === cutBy ? "" : `it was cut by "${row.partition_key}", is by "${cutBy}"`;
}

/** What ClickHouse serves of each gold table, by the table's name. Needs the view `served`. */
export async function readServed(
  engine: Engine,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, Served>> {
  const rows = await engine.rows(
    `SELECT served.name AS name, snapshot, gold_run, committed_at, partition_key, sorting_key
     FROM ${clickhouseDatabase}.served AS served
     JOIN system.tables AS tables ON tables.name = served.name AND tables.database = '${clickhouseDatabase}'`,
    servedRow,
  );
  const columns = await engine.rows(
    `SELECT table, name, type, comment FROM system.columns
     WHERE database = '${clickhouseDatabase}' AND startsWith(table, 'gold_') ORDER BY table, position`,
    columnRow,
  );
  const columnsOf = (name: string): ColumnRow[] => columns.filter(({ table }) => table === name);
  const rowOf = (name: string): ServedRow | undefined => rows.find((row) => row.name === name);
  return new Map(
    tables.map((table) => [
      table.name,
      {
        imported: publication(rowOf(importedTable(table))),
        zeroCopy: publication(rowOf(zeroCopyTable(table))),
        importedDifference:
          columnDifference(table, columnsOf(importedTable(table))) ||
          keyDifference(table, rowOf(importedTable(table))),
        zeroCopyDifference: columnDifference(table, columnsOf(zeroCopyTable(table))),
      },
    ]),
  );
}
