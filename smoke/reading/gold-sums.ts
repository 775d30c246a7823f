import { z } from "zod";
import type { GoldCommit } from "../../lake/records";
import type { Table } from "../../lake/tables";
import { Mismatch } from "../outcome";
import type { Comparison, Aggregate } from "./gold-comparisons";
import type { LakeUnderTest } from "./lake-under-test";
import { inGold, type Progress } from "./progress";
import { euros } from "./silver-money";
import { count } from "./sql";

const figure = z.object({ day: z.string(), figure: count });

type ByDay = ReadonlyMap<string, number>;

/**
 * Compares a figure of silver with the newest gold snapshot, for the events that both have. While the lake is live, days
 * with rows that gold has not merged yet are left out; once the sources have stopped there must be none.
 */
export async function goldSums(
  lake: LakeUnderTest,
  { expected, actual, money }: Comparison,
  progress: Progress,
): Promise<string> {
  const record = inGold(progress);
  requireAllMerged(lake, record, progress);
  const say = (one: number) => (money ? `${euros(one)} EUR` : String(one));
  const right = await byDay(lake, expected, record, record.bronze.silver);
  for (const side of actual) {
    const isByDay = side.table.storage !== "whole";
    const wanted = isByDay ? right : whole(await byDay(lake, expected, record, record.bronze.lifetime));
    const got = await byDay(lake, side, record, record.bronze.silver);
    const found = isByDay ? got : whole(got);
    const day = [...new Set([...wanted.keys(), ...found.keys()])]
      .sort()
      .find((one) => (wanted.get(one) ?? 0) !== (found.get(one) ?? 0) && !record.pendingDays.includes(one));
    if (day !== undefined)
      throw new Mismatch({
        expected: `${say(wanted.get(day) ?? 0)} in gold's ${side.table.name}${day && ` on ${day}`}, as in ${expected.table.layer}'s ${expected.table.name}`,
        got: say(found.get(day) ?? 0),
        look: `${lake.layout.snapshotTable(record.snapshot, side.table.name)} of gold's run ${record.run}`,
      });
  }
  const pending = record.pendingDays.length === 0 ? "" : `; rows of ${record.pendingDays.join(", ")} wait`;
  return `${say(whole(right).get("") ?? 0)}${pending}`;
}

/** Once the sources have stopped, gold must have merged every row of silver. */
function requireAllMerged({ options, layout }: LakeUnderTest, record: GoldCommit, progress: Progress): void {
  const newest = progress.silver.at(-1);
  const behind = newest && Math.min(...Object.values(record.through)) < newest.run;
  if (!options.settled || !behind) return;
  throw new Mismatch({
    expected: `gold to have taken silver's rows up to run ${newest.run}`,
    got: `run ${record.run} of ${record.committedAt} has taken new days' up to ${record.through.silver}, all days' up to ${record.through.late}, lifetime figures' up to ${record.through.lifetime}`,
    look: `${layout.failure("gold")} and the log of gold (on one machine: refine)`,
  });
}

function whole(figures: ByDay): ByDay {
  return new Map([["", [...figures.values()].reduce((sum, one) => sum + one, 0)]]);
}

/** A figure by day, or under the empty string where the table has no days. */
async function byDay(
  lake: LakeUnderTest,
  { table, sum }: Aggregate,
  { snapshot }: GoldCommit,
  bronzeThrough: number,
): Promise<ByDay> {
  const day = table.partitionedBy ? `toString(${table.partitionedBy})` : "''";
  const rows = await lake.sql.rows(
    `SELECT ${day} AS day, ${sum} AS figure FROM ${source(lake, table, snapshot, bronzeThrough)} GROUP BY day`,
    figure,
  );
  return new Map(rows.map((row) => [row.day, row.figure]));
}

/** Silver may be ahead of the snapshot: only rows that gold has merged are compared. */
function source({ parquet }: LakeUnderTest, table: Table, snapshot: string, bronzeThrough: number): string {
  if (table.layer === "gold") return parquet.gold(snapshot, table);
  return `${parquet.silver(table)} WHERE bronze_batch <= ${bronzeThrough}`;
}
