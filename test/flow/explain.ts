import { figures } from "../../console/explain/figures";
import type { ExplainAnswer, QueryAnswer } from "../../console/messages";
import { importedTable } from "../../lake/tables";
import { post } from "../fixtures/console-server";

type Figure = (typeof figures)[number];

/** The key of the row with the largest figure, if there is one above 0. */
async function largest(url: string, { table, column }: Figure): Promise<readonly string[] | undefined> {
  const key = table.key.map((name) => `toString(${name})`).join(", ");
  const name = `lake.${importedTable(table)}`;
  const sql = `SELECT ${key} FROM ${name} WHERE ${column} > 0 ORDER BY ${column} DESC LIMIT 1`;
  const answer = (await post(url, "/api/query", { sql })).answer as QueryAnswer;
  if ("error" in answer) throw new Error(answer.error);
  return answer.rows[0]?.map(String);
}

const explain = async (url: string, body: object) =>
  (await post(url, "/api/explain", body)).answer as ExplainAnswer;

/** Every kind of figure that the running lake has is what its rows add up to. */
export async function expectExplained(url: string): Promise<void> {
  const explained: string[] = [];
  for (const figure of figures) {
    const { table, column, adds } = figure;
    const key = await largest(url, figure);
    if (!key) continue;
    const found = await explain(url, { table: table.name, column, key });
    if ("error" in found) throw new Error(`${table.name}.${column}: ${found.error}`);
    const { isEqual, note, addedUp, clickhouse, snapshot, rows, files, offsets, batches } = found;
    // A run may leave rows of a day to the next one, and says so.
    if (note === null)
      expect({ column, isEqual, clickhouse, snapshot }).toEqual({
        column,
        isEqual: true,
        clickhouse: addedUp,
        snapshot: addedUp,
      });
    expect(rows).toBeGreaterThan(0);
    expect(files.reduce((sum, file) => sum + file.rows, 0)).toBe(rows);
    expect(files[0]?.path).toMatch(new RegExp(`silver/${figure.from.name}/event_date=.*\\.parquet$`));
    if (offsets.length > 0) expect(offsets.reduce((sum, each) => sum + each.rows, 0)).toBe(rows);
    if (adds === null) expect(addedUp).toBe(rows);
    expect(batches?.first).toBeLessThanOrEqual(batches?.last ?? -1);
    explained.push(`${table.name}.${column}`);
  }
  expect(explained).toEqual(
    expect.arrayContaining(["facts.total_amount", "fct_daily_song_plays.plays", "kpi_daily.revenue"]),
  );
  const wrong: readonly (readonly [object, string])[] = [
    [
      { table: "songs", column: "x", key: [] },
      "table: got 'songs', allowed: facts, fct_daily_song_plays, kpi_daily",
    ],
    [
      { table: "facts", column: "fraud_score", key: [] },
      "column of facts: got 'fraud_score', allowed: transactions, ",
    ],
    [{ table: "facts", column: "declined", key: ["m-1"] }, "key of facts: got 1 values, allowed: "],
    [
      { table: "kpi_daily", column: "revenue", key: ["2026-99-01' OR 1"] },
      "event_date: got '2026-99-01' OR 1'",
    ],
  ];
  for (const [body, says] of wrong)
    expect(await explain(url, body)).toEqual({ error: expect.stringContaining(says) as string });
  const empty = await explain(url, { table: "kpi_daily", column: "revenue", key: ["1999-01-01"] });
  expect(empty).toMatchObject({ rows: 0, addedUp: 0, files: [], batches: null });
}
