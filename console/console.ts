import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import { layout } from "../lake/layout";
import { Parquet } from "../smoke/reading/parquet";
import { Sql } from "../smoke/reading/sql";
import { consoleApp } from "./app";
import { Broadcast } from "./broadcast";
import { CheckRuns } from "./checks/check-runs";
import { FlowObserver } from "./flow/observer";
import { LakeWatch } from "./lake-watch";
import { Follow } from "./follow/follow";
import type { ConsoleOptions } from "./options";
import { pageFiles } from "./page-files";
import { runParquetQuery } from "./parquet-query";
import { runQuery } from "./query";
import { QueryRefused } from "./read-only";

const mostSearchSeconds = 60;

/** A running console. */
export interface RunningConsole {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens before it looks at the lake, so that the page is available before the lake is. */
export async function startConsole(
  options: ConsoleOptions,
  say: (line: string) => void,
): Promise<RunningConsole> {
  const connection = {
    url: options.clickhouse,
    application: "lake-console",
    request_timeout: 70_000,
    log: { level: ClickHouseLogLevel.OFF },
  };
  const client = createClient(connection);
  const paths = layout(options.lake);
  const observer = new FlowObserver(options);
  const broadcast = new Broadcast();
  // A search may read all files of a week.
  const searcher = createClient({
    ...connection,
    clickhouse_settings: { max_execution_time: mostSearchSeconds, max_memory_usage: "500000000" },
  });
  const hdfs = new WebHdfs(options.webhdfs, options.hdfsUser);
  const reader = new Sql(client, options.clickhouse);
  const parquet = new Parquet(options.hdfs, paths);
  const checks = CheckRuns.ofConsole(options, broadcast);
  const watch = new LakeWatch({ observer, hdfs, layout: paths, reader, parquet, checks }, broadcast, say);
  const follow = new Follow(hdfs, paths, new Sql(searcher, options.clickhouse), parquet);
  const hosts = new Set<string>();
  const app = consoleApp({
    page: await pageFiles(),
    broadcast,
    hosts,
    follow: (record) => follow.answer(record),
    startChecks: () => checks.start(),
    query: (sql, signal) => runQuery(client, sql, signal).catch(refusedAsAnswer),
    parquet: (sql, signal) => runParquetQuery(client, sql, signal).catch(refusedAsAnswer),
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  const port = await listen(server, options);
  for (const name of new Set([options.host, "localhost", "127.0.0.1"])) hosts.add(`${name}:${port}`);
  const stopping = new AbortController();
  const watching = watch.run(stopping.signal);
  return {
    url: `http://${options.host}:${port}`,
    close: async () => {
      stopping.abort();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await watching;
      await observer.close();
      await Promise.all([client.close(), searcher.close()]);
    },
  };
}

function refusedAsAnswer(error: unknown): { readonly error: string } {
  if (error instanceof QueryRefused) return { error: error.message };
  throw error;
}

async function listen(server: ServerType, { port, host }: ConsoleOptions): Promise<number> {
  const failed = once(server, "error").then(([error]) => {
    throw error as Error;
  });
  server.listen(port, host);
  await Promise.race([once(server, "listening"), failed]);
  return (server.address() as AddressInfo).port;
}
