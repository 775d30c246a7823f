import { parseArgs } from "node:util";
import { createClient } from "@clickhouse/client";

interface Merchant {
  readonly event_date: string;
  readonly merchant_id: string;
  readonly transactions: string;
  readonly total_amount: number;
  readonly fraud_alerts: string;
}

/** Who sold the most, and how much of it looks like fraud. `gold_facts_hdfs` gives the same answer, from HDFS. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { clickhouse: { type: "string", default: "http://127.0.0.1:28007" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log("query-gold.ts [--clickhouse http://host:port]");
  const client = createClient({ url: values.clickhouse, database: "lake" });
  const answer = await client.query({
    query: `SELECT event_date, merchant_id, transactions, total_amount, fraud_alerts FROM gold_facts
            WHERE total_amount > {least: Float64} ORDER BY total_amount DESC LIMIT 10`,
    query_params: { least: 0 },
    format: "JSONEachRow",
  });
  for (const row of await answer.json<Merchant>())
    console.log(`${row.event_date} ${row.merchant_id}: ${row.total_amount} EUR, ${row.fraud_alerts} alerts`);
  await client.close();
}

void main();
