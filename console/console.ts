import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { ClickHouseLogLevel, createClient, type ClickHouseSettings } from "@clickhouse/client";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import { openKafka } from "../jobs/kafka/open";
import { layout } from "../lake/layout";
import { Parquet } from "../smoke/reading/parquet";
import { Sql } from "../smoke/reading/sql";
import { consoleApp } from "./app";
import { Broadcast } from "./broadcast";
import { CheckRuns } from "./checks/check-runs";
import { FlowObserver } from "./flow/observer";
import { LakeWatch } from "./lake-watch";
import { Explain } from "./explain/explain";
import { Follow } from "./follow/follow";
import { Places } from "./follow/places";
import { RawRecords } from "./follow/raw-records";
import type { ConsoleOptions } from "./options";
import { pageFiles } from "./page-files";
import { runParquetQuery } from "./parquet-query";
import { runQuery } from "./query";
import { limits, QueryRefused } from "./read-only";
import { Truth } from "./views/truth";
import { Resend } from "./resend/resend";
import { ResentRecords } from "./resend/resent-records";

/** A search may read all files of a week. */
const searchLimits: ClickHouseSettings = { max_execution_time: 60, max_memory_usage: "500000000" };

/** A running console. */
export interface RunningConsole {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens before it looks at the lake, so that the page is available before the lake is. */
export async function startConsole(
  { lake, port: wantedPort, host, answerTo, passwords }: ConsoleOptions,
  say: (line: string) => void,
): Promise<RunningConsole> {
  const { endpoints } = lake;
  const connection = {
    url: endpoints.clickhouse,
    ...lake.clickhouse,
    application: "lake-console",
    request_timeout: 70_000,
    log: { level: ClickHouseLogLevel.OFF },
  };
  const isOwnUser = lake.clickhouse !== undefined;
  const client = createClient(connection);
  const asker = { client, limits: isOwnUser ? {} : limits };
  const paths = layout(endpoints.lake);
  const observer = new FlowObserver(lake);
  const broadcast = new Broadcast();
  const searcher = createClient({ ...connection, clickhouse_settings: isOwnUser ? {} : searchLimits });
  const hdfs = new WebHdfs(endpoints.webhdfs, lake.hdfsUser);
  const reader = new Sql(client, endpoints.clickhouse);
  const parquet = new Parquet(endpoints.hdfs, paths);
  const checks = CheckRuns.of(lake, broadcast);
  const searching = new Sql(searcher, endpoints.clickhouse);
  const raw = new RawRecords(searching, parquet, paths);
  const places = new Places(hdfs, paths, raw);
  const follow = new Follow({ hdfs, layout: paths, reader: searching, parquet, raw, places });
  const explain = new Explain(hdfs, paths, searching, parquet);
  const resent = new ResentRecords(hdfs, paths);
  const kafka = openKafka({
    brokers: endpoints.kafka,
    security: lake.kafka,
    clientId: "console",
    retries: 5,
  });
  const resend = new Resend(kafka, places, resent);
  const truth = new Truth(kafka, reader);
  const watched = { observer, hdfs, layout: paths, reader, parquet, checks, resent, truth };
  const watch = new LakeWatch(watched, broadcast, say);
  const app = consoleApp({
    page: await pageFiles(),
    broadcast,
    hosts: new Set([host, "localhost", "127.0.0.1", ...answerTo]),
    passwords,
    follow: (record) => follow.answer(record),
    explain: (cell) => explain.answer(cell),
    startChecks: () => checks.start(),
    resend: async (correction, person) => {
      const answer = await resend.answer(correction, person);
      if (!("error" in answer)) watch.recordResent();
      return answer;
    },
    query: (sql, signal) => runQuery(asker, sql, signal).catch(refusedAsAnswer),
    parquet: (sql, signal) => runParquetQuery(asker, sql, signal).catch(refusedAsAnswer),
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  const port = await listen(server, wantedPort, host);
  const stopping = new AbortController();
  const watching = watch.run(stopping.signal);
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      stopping.abort();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await watching;
      await observer.close();
      await Promise.all([client.close(), searcher.close(), kafka.close()]);
    },
  };
}

function refusedAsAnswer(error: unknown): { readonly error: string } {
  if (error instanceof QueryRefused) return { error: error.message };
  throw error;
}

async function listen(server: ServerType, port: number, host: string): Promise<number> {
  const failed = once(server, "error").then(([error]) => {
    throw error as Error;
  });
  server.listen(port, host);
  await Promise.race([once(server, "listening"), failed]);
  return (server.address() as AddressInfo).port;
}
