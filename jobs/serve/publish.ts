import type { ServeCommit } from "../../lake/records";
import { clickhouseDatabase, clickhouseString, importedTable, type Table } from "../../lake/tables";
import { countOf } from "./agreement";
import type { Engine } from "./engine";
import type { GoldSource } from "./gold-source";
import { sweep, type Staged } from "./gold-tables";
import { publicationOf, type Plan } from "./plan";
import { readServed, servedComment } from "./served";
import { stage } from "./stage";

export interface Published {
  readonly commit: ServeCommit;
  /** From the first table's switch to the last one's. */
  readonly switchMs: number;
}

export interface PublishParts {
  /** Its statements are aborted when serve is told to stop: before the switch nothing is lost by that. */
  readonly staging: Engine;
  /** Runs the switch and what follows up to the record; it is not interrupted. */
  readonly switching: Engine;
  readonly source: GoldSource;
  readonly stop: AbortSignal;
  /** Writes the commit record, the last step of a publish. */
  readonly commit: (record: ServeCommit) => Promise<void>;
}

/** Refuses to switch when another serve has switched a table since the plan was made: its changed days would be lost. */
async function guardSinglePublisher(engine: Engine, plan: Plan): Promise<void> {
  const now = await readServed(
    engine,
    plan.tables.map(({ table }) => table),
  );
  for (const { table, served } of plan.tables)
    if (JSON.stringify(now.get(table.name)) !== JSON.stringify(served))
      throw new Error(
        `${table.name} was switched by another serve while this one prepared it: run one serve on a ClickHouse`,
      );
}

/** Exchanges all tables in one statement, each atomically; the last one follows the first within milliseconds. */
async function exchange(engine: Engine, staged: readonly Staged[]): Promise<void> {
  if (staged.length === 0) return;
  const pairs = staged.map(({ live, next }) => `${live} AND ${next}`);
  await engine.run(`EXCHANGE TABLES ${pairs.join(", ")}`);
}

/** An imported table without changes already has the new state; its comment is updated to say so. */
async function noteUnchanged(engine: Engine, plan: Plan): Promise<void> {
  for (const { table, imported } of plan.tables) {
    if (imported.kind !== "none") continue;
    const comment = clickhouseString(servedComment(table, publicationOf(plan.target)));
    await engine.run(`ALTER TABLE ${clickhouseDatabase}.${importedTable(table)} MODIFY COMMENT ${comment}`);
  }
}

async function importedRows(engine: Engine, tables: readonly Table[]): Promise<Record<string, number>> {
  const counts = await Promise.all(
    tables.map(
      async (table) =>
        [table.name, await countOf(engine, `${clickhouseDatabase}.${importedTable(table)}`)] as const,
    ),
  );
  return Object.fromEntries(counts);
}

/**
 * Brings every table of the plan to its target on both paths. A query that runs meanwhile sees either the old or the
 * new state of a table. A publish can be interrupted at any point and run again.
 */
export async function publish(plan: Plan, number: number, parts: PublishParts): Promise<Published> {
  const { staging, switching, source, stop } = parts;
  const startedAt = new Date().toISOString();
  const staged: Staged[] = [];
  for (const table of plan.tables) {
    stop.throwIfAborted();
    if (table.repoint || table.imported.kind !== "none")
      staged.push(...(await stage(staging, table, source, plan.target)));
  }
  await guardSinglePublisher(staging, plan);
  stop.throwIfAborted();
  const switchedFrom = performance.now();
  await exchange(switching, staged);
  const switchMs = performance.now() - switchedFrom;
  await noteUnchanged(switching, plan);
  const { run, bronze, snapshot } = plan.target;
  const commit: ServeCommit = {
    step: "serve",
    publish: number,
    startedAt,
    committedAt: new Date().toISOString(),
    goldRun: run,
    bronzeThrough: bronze.silver,
    snapshot,
    rows: await importedRows(
      switching,
      plan.tables.map(({ table }) => table),
    ),
  };
  await parts.commit(commit);
  await sweep(switching);
  return { commit, switchMs };
}
