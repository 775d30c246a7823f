import type { QueryAnswer } from "../../console/messages";
import { post, readStream, type Seen } from "../fixtures/console-server";

async function ask(url: string, sql: string): Promise<QueryAnswer> {
  return (await post(url, "/api/query", { sql })).answer as QueryAnswer;
}

const hasCome = ({ flow, business, fraud }: Seen) =>
  (flow?.hops.every(({ records }) => (records ?? 0) > 0) ?? false) &&
  (business?.songs.length ?? 0) > 0 &&
  (fraud?.asOfMs ?? null) !== null;

/** Data flows through every hop, and the console's figures of gold equal the answers of its query box. */
export async function expectConsole(url: string): Promise<void> {
  const { flow, business, fraud, tables, quarantine } = await readStream(url, hasCome);
  expect(flow?.hops.map(({ name }) => name)).toEqual(["kafka", "bronze", "silver", "gold", "clickhouse"]);
  expect(flow?.hops.every(({ state }) => state !== "waiting")).toBe(true);
  expect(quarantine?.topics.length).toBeGreaterThan(0);
  expect(fraud?.sql.alerts).toMatch(/gold_fct_fraud_alerts/);
  const [newest] = business?.days ?? [];
  const asked = await ask(
    url,
    `SELECT listens FROM lake.gold_kpi_daily WHERE event_date = '${newest?.date}'`,
  );
  if ("error" in asked) throw new Error(asked.error);
  expect(newest?.listens).toBeGreaterThan(0);
  // More songs may have been played in the meantime.
  expect(Number(asked.rows[0]?.[0])).toBeGreaterThanOrEqual(newest?.listens ?? Infinity);
  for (const { clickhouse } of tables?.tables ?? []) {
    if (clickhouse === null) continue;
    const sample = await ask(url, `SELECT * FROM ${clickhouse} LIMIT 1`);
    expect([clickhouse, "error" in sample ? sample.error : sample.columns.length > 0]).toEqual([
      clickhouse,
      true,
    ]);
  }
}
