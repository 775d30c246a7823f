import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBConnection } from "@duckdb/node-api";
import { eventTopics } from "../../../lake/events";
import type { Layout } from "../../../lake/layout";
import { futureLimitHours, lateLimitDays } from "../../../lake/limits";
import type { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { scoresOf, type Act } from "./fraud-oracle";
import type { LakeRows } from "../../../testbed/lake-rows";

type Figures = Readonly<Record<string, string | number | null>>;

/** Rows of gold, computed from bronze's files by another engine and its own SQL. */
export interface IndependentGold {
  readonly facts: readonly Figures[];
  readonly kpiDaily: readonly Figures[];
  readonly songPlays: readonly Figures[];
  /** Flagged purchases and their days. */
  readonly alerts: readonly Figures[];
}

const accepted = (topic: string) => `
  CREATE TABLE ${topic} AS SELECT * FROM (
    SELECT *, CAST(event_time AS DATE) AS day, row_number() OVER (
      PARTITION BY event_id ORDER BY batch, kafka_timestamp, kafka_partition, kafka_offset) AS nth
    FROM (SELECT *, CAST(regexp_extract(filename, 'batch-([0-9]+)-', 1) AS BIGINT) AS batch
          FROM read_parquet('{folder}/bronze/${topic}/*/*/*.parquet', filename = true, hive_partitioning = false))
    WHERE event_time >= kafka_timestamp - INTERVAL ${lateLimitDays} DAY
      AND event_time <= kafka_timestamp + INTERVAL ${futureLimitHours} HOUR)
  WHERE nth = 1`;

/** Every transaction with its amount in whole EUR cents. */
const priced = `
  CREATE TABLE priced AS SELECT transaction_events.*, CAST(round(amount * CAST(
    CASE WHEN currency = 'EUR' THEN 1 ELSE coalesce(
      (SELECT arg_max(rate, rate_date) FROM rates WHERE rates.currency = transaction_events.currency AND rate_date <= day),
      (SELECT arg_min(rate, rate_date) FROM rates WHERE rates.currency = transaction_events.currency)) END
    AS DECIMAL(18, 8)) * 100, 0) AS BIGINT) AS cents FROM transaction_events`;

const acts = `
  SELECT 'auth_events' AS topic, 0 AS topic_order, event_id, epoch_us(event_time) / 1000 AS happened,
    epoch_ms(kafka_timestamp) // 86400000 AS arrival_day, customer_id, device_id, latitude, longitude, succeeded,
    NULL AS kind, NULL AS status, NULL AS merchant_id, NULL AS card_id, NULL AS cents, NULL AS amount,
    batch, kafka_timestamp, kafka_partition, kafka_offset
  FROM auth_events LEFT JOIN locations USING (location_id) WHERE action = 'login'
  UNION ALL
  SELECT 'transaction_events', 1, event_id, epoch_us(event_time) / 1000, epoch_ms(kafka_timestamp) // 86400000, customer_id,
    device_id, latitude, longitude, NULL, kind, status, merchant_id, card_id, cents, CAST(amount AS DOUBLE),
    batch, kafka_timestamp, kafka_partition, kafka_offset
  FROM priced LEFT JOIN locations USING (location_id)
  ORDER BY batch, kafka_timestamp, topic_order, kafka_partition, kafka_offset`;

const sold = "kind = 'purchase' AND status = 'approved'";
const returned = (kind: string) => `kind = '${kind}' AND status = 'approved'`;

const facts = `
  SELECT strftime(day, '%Y-%m-%d') AS event_date, merchant_id,
    count(*) FILTER (${sold}) AS transactions,
    count(*) FILTER (kind = 'purchase' AND status = 'declined') AS declined,
    count(DISTINCT customer_id) FILTER (${sold}) AS customers,
    coalesce(sum(cents) FILTER (${sold}), 0) AS total_amount,
    count(*) FILTER (${returned("refund")}) AS refunds,
    coalesce(sum(cents) FILTER (${returned("refund")}), 0) AS refund_amount,
    count(*) FILTER (${returned("chargeback")}) AS chargebacks,
    coalesce(sum(cents) FILTER (${returned("chargeback")}), 0) AS chargeback_amount,
    count(*) FILTER (score >= 50000000) AS fraud_alerts,
    coalesce(sum(score), 0) AS fraud_score_sum
  FROM priced LEFT JOIN scores USING (event_id) GROUP BY ALL ORDER BY ALL`;

const songPlays = `
  SELECT strftime(day, '%Y-%m-%d') AS event_date,
    CASE WHEN songs.song_id IS NULL THEN 'unknown' ELSE listen_events.song_id END AS song_id,
    count(*) AS plays, count(DISTINCT customer_id) AS listeners, sum(listened_ms) AS listened_ms,
    count(*) FILTER (listened_ms < 30000) AS skips
  FROM listen_events LEFT JOIN songs USING (song_id) GROUP BY ALL ORDER BY ALL`;

/** One row per event, with its customer's visit and level. */
const activity = `
  SELECT day, customer_id, session_id, level = 'free' AS is_free FROM listen_events
  UNION ALL SELECT day, customer_id, session_id, level = 'free' FROM page_view_events
  UNION ALL SELECT day, customer_id, session_id, level = 'free' FROM auth_events
  UNION ALL SELECT day, customer_id, NULL, level_after = 'free' OR change = 'upgrade' FROM status_change_events
  UNION ALL SELECT day, customer_id, session_id, false FROM transaction_events`;

const kpiDaily = `
  WITH days AS (
    SELECT day, count(*) AS events, count(DISTINCT customer_id) AS active_customers,
      count(DISTINCT customer_id) FILTER (is_free) AS free_customers,
      count(DISTINCT (customer_id, session_id)) FILTER (session_id IS NOT NULL) AS sessions
    FROM (${activity}) GROUP BY day)
  SELECT strftime(day, '%Y-%m-%d') AS event_date, events, active_customers, free_customers, sessions,
    (SELECT count(*) FROM listen_events one WHERE one.day = days.day) AS listens,
    (SELECT coalesce(sum(listened_ms), 0) FROM listen_events one WHERE one.day = days.day) AS listened_ms,
    (SELECT count(*) FROM page_view_events one WHERE one.day = days.day) AS page_views,
    (SELECT count(*) FROM auth_events one WHERE one.day = days.day AND action = 'login' AND succeeded) AS logins,
    (SELECT count(*) FROM auth_events one WHERE one.day = days.day AND action = 'login' AND NOT succeeded) AS failed_logins,
    (SELECT count(*) FROM status_change_events one WHERE one.day = days.day AND change = 'register') AS registrations,
    (SELECT count(*) FROM status_change_events one WHERE one.day = days.day AND change = 'upgrade') AS upgrades,
    (SELECT count(*) FROM status_change_events one WHERE one.day = days.day AND change = 'downgrade') AS downgrades,
    (SELECT count(*) FROM status_change_events one WHERE one.day = days.day AND change = 'cancel') AS cancellations,
    (SELECT count(*) FROM priced one WHERE one.day = days.day AND kind = 'purchase') AS purchases,
    (SELECT count(*) FROM priced one WHERE one.day = days.day AND ${sold}) AS transactions,
    (SELECT coalesce(sum(cents), 0) FROM priced one WHERE one.day = days.day AND ${sold}) AS revenue,
    (SELECT coalesce(sum(cents), 0) FROM priced one WHERE one.day = days.day AND ${returned("refund")}) AS refund_amount,
    (SELECT coalesce(sum(cents), 0) FROM priced one WHERE one.day = days.day AND ${returned("chargeback")}) AS chargeback_amount,
    (SELECT count(*) FROM priced one JOIN scores USING (event_id) WHERE one.day = days.day AND score >= 50000000) AS fraud_alerts
  FROM days ORDER BY event_date`;

/** @param rows lists the lake's files */
export async function independentGold(hdfs: WebHdfs, rows: LakeRows, lake: Layout): Promise<IndependentGold> {
  const folder = mkdtempSync(join(tmpdir(), "independent-"));
  const duckdb = await DuckDBConnection.create();
  try {
    for (const part of ["bronze", "reference"])
      for (const path of Object.keys(await rows.files(`${lake.root}/${part}`))) {
        const copy = join(folder, path.slice(lake.root.length));
        mkdirSync(dirname(copy), { recursive: true });
        writeFileSync(copy, await hdfs.read(path));
      }
    const run = (sql: string) => duckdb.run(sql.replaceAll("{folder}", folder));
    const read = async (sql: string) =>
      (await (await run(sql)).getRowObjectsJson()).map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
    await run("SET TimeZone = 'UTC'");
    for (const topic of eventTopics) await run(accepted(topic));
    await run(
      "CREATE TABLE rates AS SELECT currency, CAST(rate_date AS DATE) AS rate_date, CAST(rate AS DECIMAL(18, 8)) AS rate FROM read_json('{folder}/reference/exchange_rates/part-0.json')",
    );
    for (const name of ["locations", "songs"])
      await run(`CREATE TABLE ${name} AS SELECT * FROM read_json('{folder}/reference/${name}/part-0.json')`);
    await run(priced);
    const scores = scoresOf((await read(acts)).map(actOf));
    await run("CREATE TABLE scores (event_id VARCHAR, score BIGINT)");
    const values = [...scores].map(([id, score]) => `('${id}', ${score})`);
    if (values.length > 0) await run(`INSERT INTO scores VALUES ${values.join(", ")}`);
    return {
      facts: await read(facts),
      kpiDaily: await read(kpiDaily),
      songPlays: await read(songPlays),
      alerts: await read(
        "SELECT strftime(day, '%Y-%m-%d') AS event_date, event_id FROM priced JOIN scores USING (event_id) WHERE score >= 50000000 ORDER BY ALL",
      ),
    };
  } finally {
    duckdb.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Large integers come as text. */
function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : (value as string);
}

function actOf(row: Figures): Act {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]));
  const number = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  const [latitude, longitude] = [number("latitude"), number("longitude")];
  const optional = {
    ...(row.succeeded !== null && { succeeded: row.succeeded === 1 }),
    ...(row.kind !== null && {
      kind: String(row.kind),
      status: String(row.status),
      merchantId: String(row.merchant_id),
      cardId: String(row.card_id),
      cents: Number(row.cents),
      originalAmount: Number(row.amount),
    }),
  };
  return {
    topic: text("topic") as Act["topic"],
    eventId: String(row.event_id),
    happenedAt: Number(row.happened),
    arrivalDay: Number(row.arrival_day),
    customerId: String(row.customer_id),
    deviceId: String(row.device_id),
    place: latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
    ...optional,
  };
}
