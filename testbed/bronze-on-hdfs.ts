import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBConnection } from "@duckdb/node-api";
import { eventTopics, type EventTopic } from "../lake/events";
import { layout } from "../lake/layout";
import { Journal } from "../jobs/hdfs/journal";
import { bronzeCommit, type BronzeCommit } from "../lake/records";
import type { WebHdfs } from "../jobs/hdfs/webhdfs";
import contract from "../jobs/refine/generated/contract.json";

/** An event as bronze stores it: its fields, and when it arrived in Kafka. */
export interface Arrived {
  readonly topic: EventTopic;
  readonly event: { readonly event_id: string; readonly event_time: string; readonly currency?: string };
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** DuckDB's types for bronze's types. A time must be an instant: Spark reads nothing else as its `timestamp`. */
const duckdbTypes: Readonly<Record<string, string>> = {
  string: "VARCHAR",
  int: "INTEGER",
  bigint: "BIGINT",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMPTZ",
  "decimal(18,2)": "DECIMAL(18, 2)",
};

function structureOf(topic: EventTopic): string {
  const columns = contract.topics[topic].columns.split(/, (?=[a-z_]+ )/).map((column) => {
    const [name = "", type = ""] = column.split(/ (.*)/);
    const duckdbType = duckdbTypes[type];
    if (duckdbType === undefined) throw new Error(`no type of DuckDB for bronze's ${column}`);
    return `${name}: '${duckdbType}'`;
  });
  return `{${columns.join(", ")}}`;
}

async function parquetOf(topic: EventTopic, rows: readonly object[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "bronze-rows-"));
  const duckdb = await DuckDBConnection.create();
  try {
    const [lines, parquet] = [join(folder, "rows.ndjson"), join(folder, "rows.parquet")];
    writeFileSync(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await duckdb.run("SET TimeZone = 'UTC'");
    await duckdb.run(
      `COPY (SELECT * FROM read_json('${lines}', format = 'newline_delimited', columns = ${structureOf(topic)})) TO '${parquet}'`,
    );
    return readFileSync(parquet);
  } finally {
    duckdb.closeSync();
    rmSync(folder, { recursive: true });
  }
}

function countBy<T>(values: readonly T[], key: (value: T) => string | number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  return counts;
}

/** Writes batches as bronze does, with the same files and commit records, to several lakes at once. */
export class BronzeOnHdfs {
  private batch = -1;
  private readonly offsets = new Map<EventTopic, number>();

  constructor(
    private readonly hdfs: WebHdfs,
    private readonly roots: readonly string[],
  ) {}

  async land(arrived: readonly Arrived[]): Promise<void> {
    this.batch += 1;
    const topics: BronzeCommit["topics"] = {};
    for (const topic of eventTopics) {
      const own = arrived.filter((one) => one.topic === topic);
      if (own.length > 0) topics[topic] = await this.landTopic(topic, own);
    }
    await this.commit({ topics });
  }

  /** Records that a topic was deleted and created again: its offsets begin at 0 again. */
  async readAnew(topic: EventTopic): Promise<void> {
    this.batch += 1;
    const readUntil = { "0": this.offsets.get(topic) ?? 0 };
    this.offsets.delete(topic);
    await this.commit({ topics: {}, readAnew: { [topic]: { id: "new", wasId: "old", readUntil } } });
  }

  private async commit(said: Pick<BronzeCommit, "topics" | "readAnew">): Promise<void> {
    const now = new Date().toISOString();
    const record = {
      step: "bronze",
      batchId: this.batch,
      startedAt: now,
      committedAt: now,
      ...said,
    } as const;
    for (const root of this.roots)
      await Journal.of(this.hdfs, layout(root), "bronze", bronzeCommit).append(this.batch, record);
  }

  private async landTopic(topic: EventTopic, arrived: readonly Arrived[]) {
    const from = this.offsets.get(topic) ?? 0;
    const until = from + arrived.length;
    this.offsets.set(topic, until);
    const rows = arrived.map(({ event, arrivedAt }, index) => ({
      ...event,
      kafka_partition: 0,
      kafka_offset: from + index,
      kafka_timestamp: new Date(arrivedAt).toISOString(),
    }));
    const [day = "", time = ""] = (rows[0]?.kafka_timestamp ?? "").split("T");
    const name = `batch-${String(this.batch).padStart(12, "0")}-0.parquet`;
    const file = `bronze/${topic}/date=${day}/hour=${time.slice(0, 2)}/${name}`;
    const content = await parquetOf(topic, rows);
    for (const root of this.roots) await this.hdfs.write(`${root}/${file}`, content);
    return {
      offsets: { "0": { from, until } },
      bronzeRows: rows.length,
      quarantineRows: 0,
      eventDays: countBy(arrived, ({ event }) => event.event_time.slice(0, 10)),
      arrivals: countBy(arrived, ({ arrivedAt }) => Math.floor(arrivedAt / 1000)),
      files: [file],
    };
  }
}
