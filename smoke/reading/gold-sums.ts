import { z } from "zod";
import { eventTopics } from "../../lake/events";
import { silverFacts, type Table } from "../../lake/tables";
import { Mismatch } from "../outcome";
import type { Comparison, Side } from "./gold-comparisons";
import type { LakeUnderTest } from "./lake-under-test";
import { refined, within, type Progress } from "./progress";
import { euros } from "./silver-money";
import { count } from "./sql";

const figure = z.object({ day: z.string(), figure: count });

type ByDay = ReadonlyMap<string, number>;

/** Compares a figure in silver with the newest gold snapshot, for the records that both have seen. */
export async function goldSums(
  lake: LakeUnderTest,
  { truth, told, money }: Comparison,
  progress: Progress,
): Promise<string> {
  const { record } = refined(progress);
  const say = (figure: number) => (money ? `${euros(figure)} EUR` : String(figure));
  const right = await byDay(lake, truth, progress);
  for (const side of told) {
    const got = await byDay(lake, side, progress);
    const [expected, found] = side.table.partitionedBy ? [right, got] : [whole(right), whole(got)];
    const day = [...new Set([...expected.keys(), ...found.keys()])]
      .sort()
      .find((one) => (expected.get(one) ?? 0) !== (found.get(one) ?? 0));
    if (day !== undefined)
      throw new Mismatch({
        expected: `${say(expected.get(day) ?? 0)} in gold's ${side.table.name}${day && ` on ${day}`}, as in ${truth.table.layer}'s ${truth.table.name}`,
        got: say(found.get(day) ?? 0),
        look: `${lake.layout.snapshotTable(record.snapshot, side.table.name)} of refine run ${record.run}`,
      });
  }
  return say(whole(right).get("") ?? 0);
}

function whole(figures: ByDay): ByDay {
  return new Map([["", [...figures.values()].reduce((sum, one) => sum + one, 0)]]);
}

/** A figure by day; under the empty day where the table has none. */
async function byDay(lake: LakeUnderTest, { table, sum }: Side, progress: Progress): Promise<ByDay> {
  const day = table.partitionedBy ? `toString(${table.partitionedBy})` : "''";
  const rows = await lake.sql.rows(
    `SELECT ${day} AS day, ${sum} AS figure FROM ${source(lake, table, progress)} GROUP BY day`,
    figure,
  );
  return new Map(rows.map((row) => [row.day, row.figure]));
}

function source(lake: LakeUnderTest, table: Table, progress: Progress): string {
  const { record, offsets } = refined(progress);
  if (table.layer === "gold") return lake.parquet.gold(record.snapshot, table);
  const topic = eventTopics.find((one) => silverFacts[one].name === table.name);
  // Silver may be ahead of the snapshot: only what the snapshot's run has read is compared.
  return `${lake.parquet.silver(table)} WHERE ${topic ? within(offsets[topic]) : "true"}`;
}
