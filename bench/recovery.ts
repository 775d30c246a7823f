import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { Table } from "../lake/tables";
import {
  facts,
  fctDailySongPlays,
  fctFraudAlerts,
  goldDimCustomers,
  goldDimMerchants,
  kpiDaily,
} from "../lake/tables/gold";
import { RunningClickHouse } from "../testbed/running-clickhouse";
import { startHdfs } from "../testbed/running-hdfs";
import { GoldFixture, type GoldChange } from "../testbed/gold-fixture";
import { RunningServe } from "../testbed/running-serve";
import type { Service } from "../testbed/service-processes";
import type { Figure } from "./figure";

const days = 90;

/** Rows of one day of a table, or of a table without days, for a service with 100,000 customers. */
const rows: readonly (readonly [Table, number])[] = [
  [facts, 500],
  [fctDailySongPlays, 5000],
  [fctFraudAlerts, 200],
  [kpiDaily, 1],
  [goldDimCustomers, 100_000],
  [goldDimMerchants, 500],
];

function changesOf([table, ofTable]: (typeof rows)[number]): GoldChange[] {
  const change = { table, rows: ofTable, version: 1 };
  if (table.partitionedBy === null) return [change];
  return Array.from({ length: days }, (_, index) => ({
    ...change,
    day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
  }));
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Loses ClickHouse and its data while serve runs; measures how long until an empty one serves gold on both paths. */
export async function recoveryFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-recovery-"));
  const services: Service[] = [];
  const startEngine = (name: string, ...words: string[]) =>
    RunningClickHouse.start(join(folder, name), words);
  try {
    const hdfs = await startHdfs(join(folder, "hdfs"), services);
    const first = await startEngine("first");
    const client = createClient({ url: first.url, log: { level: ClickHouseLogLevel.OFF } });
    const gold = new GoldFixture(hdfs.webhdfs, "/lake", client);
    await gold.fresh();
    const changes = rows.flatMap(changesOf);
    await gold.refine(changes);
    await client.close();
    const serve = RunningServe.start(
      { webhdfs: hdfs.webhdfs, hdfs: hdfs.url, clickhouse: first.url },
      ...["--poll-seconds", "1"],
    );
    await serve.publishes(1);
    const lostAt = performance.now();
    await first.stop("SIGKILL");
    await startEngine("second", "--port", new URL(first.url).port);
    const upAgain = performance.now() - lostAt;
    await serve.publishes(2);
    const servedAgain = performance.now() - lostAt;
    await serve.signal("SIGTERM");
    const all = changes.reduce((sum, change) => sum + change.rows, 0);
    return [
      {
        name: "an empty ClickHouse answers after the loss",
        measured: seconds(upAgain),
        goal: "-",
        met: true,
      },
      {
        name: `gold is served again on both paths, ${all} rows of ${rows.length} tables and ${days} days`,
        measured: seconds(servedAgain),
        goal: "-",
        met: true,
      },
    ];
  } finally {
    await RunningClickHouse.killAll();
    await Promise.all(services.map((service) => service.stop()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
