import type { Messages, QueryAnswer } from "../../console/messages";

type Seen = { [Kind in keyof Messages]?: Messages[Kind] };

/** Reads the console's stream until `isEnough` of its messages; resolves with the newest message of each kind. */
async function readStream(url: string, isEnough: (seen: Seen) => boolean): Promise<Seen> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error("the console did not say enough in 500 s")), 500_000);
  const answer = await fetch(`${url}/events`, { signal: stop.signal });
  if (!answer.body) throw new Error("the console's stream has no body");
  const decoder = new TextDecoder();
  let seen: Seen = {};
  let rest = "";
  try {
    for await (const chunk of answer.body) {
      const events = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
        if (kind !== undefined && data !== undefined) seen = { ...seen, [kind]: JSON.parse(data) as object };
      }
      if (isEnough(seen)) return seen;
    }
    throw new Error("the console's stream has ended");
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function ask(url: string, sql: string): Promise<QueryAnswer> {
  const answer = await fetch(`${url}/api/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sql }),
  });
  return (await answer.json()) as QueryAnswer;
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
