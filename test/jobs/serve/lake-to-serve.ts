import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { goldTables, type Table } from "../../../lake/tables";
import { Engine } from "../../../jobs/serve/engine";
import { Publisher } from "../../../jobs/serve/publisher";
import { RunningClickHouse } from "../../../testbed/running-clickhouse";
import { startHdfs } from "../../../testbed/running-hdfs";
import type { Service } from "../../../testbed/service-processes";
import { GoldFixture } from "../../../testbed/gold-fixture";

/** HDFS, the ClickHouse engine and a lake with an empty gold. */
export class LakeToServe {
  private constructor(
    private readonly folder: string,
    private readonly services: readonly Service[],
    readonly webhdfs: string,
    readonly hdfs: string,
    readonly clickhouse: RunningClickHouse,
    readonly client: ClickHouseClient,
    readonly gold: GoldFixture,
  ) {}

  /** @param clickhouseOptions for the engine's server, such as `--sessions 8` */
  static async start(clickhouseOptions: readonly string[] = []): Promise<LakeToServe> {
    const folder = mkdtempSync(join(tmpdir(), "serve-"));
    const services: Service[] = [];
    const [hdfs, clickhouse] = await Promise.allSettled([
      startHdfs(folder, services),
      RunningClickHouse.start(join(folder, "clickhouse"), clickhouseOptions),
    ]);
    if (hdfs.status === "rejected" || clickhouse.status === "rejected") {
      await Promise.all(services.map((service) => service.stop()));
      if (clickhouse.status === "fulfilled") await clickhouse.value.stop();
      rmSync(folder, { recursive: true, force: true });
      throw new Error(
        [hdfs, clickhouse].map((start) => ("reason" in start ? String(start.reason) : "")).join(" "),
      );
    }
    const { webhdfs, url } = hdfs.value;
    const client = createClient({ url: clickhouse.value.url, log: { level: ClickHouseLogLevel.OFF } });
    const gold = new GoldFixture(webhdfs, "/lake", client);
    return new LakeToServe(folder, services, webhdfs, url, clickhouse.value, client, gold);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.clickhouse.stop();
    await Promise.all(this.services.map((service) => service.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An empty lake and a ClickHouse without the database. */
  async fresh(): Promise<void> {
    await this.wipeClickHouse();
    await this.gold.fresh();
  }

  async wipeClickHouse(): Promise<void> {
    await this.client.command({ query: "DROP DATABASE IF EXISTS lake SYNC" });
  }

  /** A serve in this process that adds its log lines to `said`. */
  async publisher(said: string[] = [], tables: readonly Table[] = goldTables): Promise<Publisher> {
    const engine = new Engine(this.client);
    const publisher = new Publisher({
      hdfs: this.gold.hdfs,
      hdfsUrl: this.hdfs,
      lake: this.gold.layout,
      tables,
      staging: engine,
      switching: engine,
      stop: new AbortController().signal,
      say: (line) => said.push(line),
    });
    await publisher.prepare();
    return publisher;
  }

  /** One round of serve: publishes the newest run if that is due. */
  async publish(publisher: Publisher): Promise<Awaited<ReturnType<Publisher["bringTo"]>>> {
    const { run, publish } = await publisher.newest();
    return run === undefined ? undefined : publisher.bringTo(run, publish);
  }

  async rows<T>(query: string): Promise<T[]> {
    const answer = await this.client.query({ query, format: "JSONEachRow" });
    return answer.json<T>();
  }
}
