import { z } from "zod";
import { clickhouseDatabase, importedTable } from "../../lake/tables";
import { fctFraudAlerts, goldDimMerchants } from "../../lake/tables/gold";
import { count, type Sql } from "../../smoke/reading/sql";
import type { FraudMessage } from "../messages";

const alerts = `${clickhouseDatabase}.${importedTable(fctFraudAlerts)}`;
const merchants = `${clickhouseDatabase}.${importedTable(goldDimMerchants)}`;
const newestDay = `event_date = (SELECT max(event_date) FROM ${alerts})`;

const sql = {
  alerts: `SELECT event_id AS eventId, toUnixTimestamp64Milli(toDateTime64(event_time, 3)) AS timeMs,
  customer_id AS customerId, if(m.name = '', a.merchant_id, m.name) AS merchant, toFloat64(amount) AS amount,
  status, fraud_score AS score, rules, evidence
FROM ${alerts} AS a LEFT JOIN ${merchants} AS m ON m.merchant_id = a.merchant_id
ORDER BY event_time DESC, event_id LIMIT 50`,
  scores: `SELECT floor(fraud_score * 20) / 20 AS from, count() AS alerts
FROM ${alerts} WHERE ${newestDay} GROUP BY from ORDER BY from`,
  rules: `SELECT arrayJoin(rules) AS rule, count() AS alerts
FROM ${alerts} WHERE ${newestDay} GROUP BY rule ORDER BY alerts DESC, rule`,
};

const alert = z.object({
  eventId: z.string(),
  timeMs: count,
  customerId: z.string(),
  merchant: z.string(),
  amount: z.number(),
  status: z.string(),
  score: z.number(),
  rules: z.array(z.string()),
  evidence: z.string(),
});

const valuesByRule = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The evidence as gold stores it, by rule; without values if it can't be parsed. */
function evidenceOf({ rules, evidence }: z.infer<typeof alert>): FraudMessage["alerts"][number]["evidence"] {
  let read: z.infer<typeof valuesByRule> = {};
  try {
    read = valuesByRule.catch({}).parse(JSON.parse(evidence));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return rules.map((rule) => ({
    rule,
    values: Object.fromEntries(
      Object.entries(read[rule] ?? {}).map(([name, value]) => [name, String(value)]),
    ),
  }));
}

export const fraudBefore: FraudMessage = { asOfMs: null, alerts: [], scores: [], rules: [], sql };

/** The newest alerts with their evidence, and the distribution of the newest day's alerts. */
export async function fraud(reader: Sql, asOfMs: number): Promise<FraudMessage> {
  const [found, scores, rules] = await Promise.all([
    reader.rows(sql.alerts, alert),
    reader.rows(sql.scores, z.object({ from: z.number(), alerts: count })),
    reader.rows(sql.rules, z.object({ rule: z.string(), alerts: count })),
  ]);
  return {
    asOfMs,
    alerts: found.map((row) => {
      const { eventId, timeMs, customerId, merchant, amount, status, score } = row;
      return { eventId, timeMs, customerId, merchant, amount, status, score, evidence: evidenceOf(row) };
    }),
    scores,
    rules,
    sql,
  };
}
