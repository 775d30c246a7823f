import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { goldTables, type Table } from "../../../lake/tables";
import { datanode, namenode } from "../../../local/hdfs/daemons";
import { waitForHdfs } from "../../../local/hdfs/ready";
import { freePorts } from "../../../local/jvm/free-ports";
import { setUp } from "../../../local/setup/setup";
import { Engine } from "../../../jobs/serve/engine";
import { readMigrations } from "../../../jobs/serve/migrations";
import { Publisher } from "../../../jobs/serve/publisher";
import { RunningClickHouse } from "../clickhouse/running-clickhouse";
import { startService, type Service } from "../setup/service-processes";
import { GoldFixture } from "./gold-fixture";

const startMilliseconds = 240_000;

const quiet = { step: () => ({ at: () => undefined, done: () => undefined }), line: () => undefined };

/** An HDFS of the test's own; what was started is in `services`, even when it fails. */
async function startHdfs(folder: string, services: Service[]): Promise<{ webhdfs: string; hdfs: string }> {
  const root = resolve(__dirname, "../../..");
  const { java, jars, archives } = await setUp({ root, env: process.env, progress: quiet });
  const [namenodeRpc = 0, namenodeHttp = 0, datanodeData = 0, datanodeIpc = 0, datanodeHttp = 0] =
    await freePorts(5);
  const options = {
    jvm: { java, classPath: jars.hdfs, archive: archives.hdfs },
    configFolder: join(folder, "config"),
    namenodeFolder: join(folder, "namenode"),
    datanodeFolder: join(folder, "datanode"),
    ports: { namenodeRpc, namenodeHttp, datanodeData, datanodeIpc, datanodeHttp },
  };
  services.push(await startService(namenode(options)), await startService(datanode(options)));
  const webhdfs = `http://127.0.0.1:${namenodeHttp}`;
  await waitForHdfs(webhdfs, AbortSignal.timeout(startMilliseconds));
  return { webhdfs, hdfs: `hdfs://127.0.0.1:${namenodeRpc}` };
}

/** HDFS, the ClickHouse engine and a lake with nothing in gold. */
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

  /** @param clickhouseOptions of the engine's front, e.g. `--sessions 8` */
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
    const { webhdfs, hdfs: url } = hdfs.value;
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

  /** A serve in this process that notes what it says in `said`. */
  async publisher(said: string[] = [], tables: readonly Table[] = goldTables): Promise<Publisher> {
    const engine = new Engine(this.client);
    const publisher = new Publisher({
      hdfs: this.gold.hdfs,
      hdfsUrl: this.hdfs,
      lake: this.gold.layout,
      tables,
      migrations: readMigrations(),
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
