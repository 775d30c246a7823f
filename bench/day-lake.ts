import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBConnection } from "@duckdb/node-api";
import type { Layout } from "../lake/layout";
import { Journal } from "../jobs/hdfs/journal";
import { bronzeCommit } from "../lake/records";
import type { WebHdfs } from "../jobs/hdfs/webhdfs";

/** Share of each kind of event, and its columns besides those of every event. */
const kinds = {
  listen_events: {
    share: 0.45,
    columns: `session, 's-' || lpad(CAST(hash(n, 3) % 5000 AS VARCHAR), 5, '0') AS song_id, 'a-' || (hash(n, 4) % 300) AS artist_id,
      CAST(hash(n, 5) % 300000 AS INTEGER) AS listened_ms, level`,
  },
  page_view_events: {
    share: 0.4,
    columns: `session, ['home', 'search', 'shop', 'artist'][CAST(1 + hash(n, 3) % 4 AS BIGINT)] AS page, 'GET' AS method,
      CAST(if(hash(n, 4) % 50 = 0, 404, 200) AS INTEGER) AS status, level`,
  },
  auth_events: {
    share: 0.1,
    columns: `session, if(hash(n, 3) % 3 = 0, 'logout', 'login') AS action, hash(n, 4) % 20 > 0 AS succeeded,
      CAST(NULL AS VARCHAR) AS failure_reason, '192.0.2.1' AS ip, level, CAST(NULL AS VARCHAR) AS first_name,
      CAST(NULL AS VARCHAR) AS last_name, CAST(NULL AS VARCHAR) AS gender, CAST(NULL AS INTEGER) AS birth_year,
      CAST(NULL AS TIMESTAMPTZ) AS registered_at, CAST(NULL AS VARCHAR) AS home_location_id`,
  },
  transaction_events: {
    share: 0.05,
    columns: `session, 'purchase' AS kind, CAST(NULL AS VARCHAR) AS original_event_id, 'm-' || lpad(CAST(hash(n, 3) % 250 AS VARCHAR), 4, '0') AS merchant_id,
      CAST(1 + hash(n, 4) % 200 AS DECIMAL(18, 2)) AS amount, 'EUR' AS currency, 'k-' || (hash(n, 1) % {customers}) AS card_id,
      if(hash(n, 5) % 20 = 0, 'declined', 'approved') AS status, CAST(NULL AS VARCHAR) AS decline_reason, 'web' AS channel, '192.0.2.1' AS ip`,
  },
} as const;

type Kind = keyof typeof kinds;

export interface DayOptions {
  readonly events: number;
  readonly customers: number;
  /** `YYYY-MM-DD`, UTC */
  readonly day: string;
}

/** A bronze layer of synthetic events, evenly spread over a day and over customers, written directly as Parquet. */
export class DayLake {
  private batch = -1;
  private next = 0;

  private constructor(
    private readonly hdfs: WebHdfs,
    private readonly lake: Layout,
    private readonly duckdb: DuckDBConnection,
  ) {}

  static async make(hdfs: WebHdfs, lake: Layout): Promise<DayLake> {
    const duckdb = await DuckDBConnection.create();
    await duckdb.run("SET TimeZone = 'UTC'");
    return new DayLake(hdfs, lake, duckdb);
  }

  close(): void {
    this.duckdb.closeSync();
  }

  /**
   * Writes one batch.
   * @param from where in the day its events begin, and `to` where they end, as shares of the day
   * @param lateShare share of the events that happened up to three days before
   */
  async land(
    { events, customers, day }: DayOptions,
    { from, to, lateShare }: { from: number; to: number; lateShare: number },
  ): Promise<void> {
    this.batch += 1;
    const folder = mkdtempSync(join(tmpdir(), "bench-day-"));
    try {
      const topics: Record<string, object> = {};
      for (const topic of Object.keys(kinds) as Kind[]) {
        const rows = Math.round(events * kinds[topic].share);
        const first = this.next;
        this.next += rows;
        const parquet = join(folder, `${topic}.parquet`);
        await this.duckdb.run(
          `COPY (${this.select(topic, { first, rows, customers, day, from, to, lateShare })}) TO '${parquet}' (COMPRESSION zstd)`,
        );
        const name = `batch-${String(this.batch).padStart(12, "0")}-0.parquet`;
        const file = `bronze/${topic}/date=${day}/hour=${String(Math.floor(from * 24)).padStart(2, "0")}/${name}`;
        await this.hdfs.write(`${this.lake.root}/${file}`, readFileSync(parquet));
        const second = String(Math.floor(Date.parse(day) / 1000 + to * 86_399));
        topics[topic] = {
          offsets: { "0": { from: first, until: first + rows } },
          bronzeRows: rows,
          quarantineRows: 0,
          eventDays: { [day]: rows },
          arrivals: { [second]: rows },
          files: [file],
        };
      }
      const now = new Date().toISOString();
      await Journal.of(this.hdfs, this.lake, "bronze", bronzeCommit).append(
        this.batch,
        bronzeCommit.parse({ step: "bronze", batchId: this.batch, startedAt: now, committedAt: now, topics }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private select(
    topic: Kind,
    at: {
      first: number;
      rows: number;
      customers: number;
      day: string;
      from: number;
      to: number;
      lateShare: number;
    },
  ): string {
    const { first, rows, customers, day, from, to, lateShare } = at;
    const late = `if(hash(n, 8) % 10000 < ${Math.round(lateShare * 10_000)}, to_hours(CAST(1 + hash(n, 9) % 70 AS INTEGER)), to_hours(0))`;
    const columns = kinds[topic].columns
      .replaceAll("{customers}", String(customers))
      .replace("session,", "'v-' || (hash(n, 1) % {customers}) || '-' || (hash(n, 7) % 3) AS session_id,")
      .replaceAll("{customers}", String(customers))
      .replace(/\blevel\b(?=,|$|\n)/, "if(hash(n, 1) % 4 = 0, 'paid', 'free') AS level");
    return `SELECT CAST(0 AS INTEGER) AS kafka_partition, CAST(n AS BIGINT) AS kafka_offset, arrived AS kafka_timestamp,
      'e-' || n AS event_id, arrived - ${late} AS event_time, CAST(1 AS INTEGER) AS schema_version,
      'c-' || (hash(n, 1) % ${customers}) AS customer_id, 'd-' || (hash(n, 1) % ${customers}) AS device_id,
      'l-' || (hash(n, 2) % 50) AS location_id, ${columns}
      FROM (SELECT n, CAST('${day} 00:00:00+00' AS TIMESTAMPTZ)
              + to_milliseconds(CAST(86399000 * (${from} + (${to} - ${from}) * (n - ${first}) / ${rows}) AS BIGINT)) AS arrived
            FROM range(${first}, ${first + rows}) numbers(n))`;
  }
}
