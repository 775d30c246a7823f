import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { UsageError } from "../../command-line/usage-error";
import { layout } from "../../lake/layout";
import { goldTables } from "../../lake/tables";
import { WebHdfs } from "../hdfs/webhdfs";
import { Engine } from "./engine";
import { failureLine, Failures } from "./failure";
import { readOptions, type ServeOptions } from "./options";
import { Publisher } from "./publisher";
import { SnapshotRetirement } from "./retire-snapshots";
import { serve } from "./serve";

/** Loading a long history takes minutes; an answer that takes longer than this is given up. */
const statementTimeoutMs = 15 * 60_000;

/** What is not done by then is abandoned: a publish can be cut off at any point. */
const stopWithinMs = 4_500;

const say = (line: string): void => console.error(`serve: ${line}`);

async function run(options: ServeOptions): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      stopping.abort();
      setTimeout(() => process.exit(0), stopWithinMs).unref();
    });
  const client = createClient({
    url: options.clickhouse,
    username: options.clickhouseUser,
    password: options.clickhousePassword,
    application: "lake-serve",
    request_timeout: statementTimeoutMs,
    log: { level: ClickHouseLogLevel.OFF },
    // A proxy may close a connection that is silent for minutes.
    clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: "60000" },
  });
  const hdfs = new WebHdfs(options.webhdfs, options.hdfsUser);
  const lake = layout(options.lake);
  const switching = new Engine(client);
  const publisher = new Publisher({
    hdfs,
    hdfsUrl: options.hdfs,
    lake,
    tables: goldTables,
    staging: new Engine(client, stopping.signal),
    switching,
    stop: stopping.signal,
    say,
  });
  await serve({
    publisher,
    retirement: new SnapshotRetirement(hdfs, switching, lake.layer("gold"), options.graceSeconds),
    failures: new Failures(say),
    stop: stopping.signal,
    pollSeconds: options.pollSeconds,
    checkSeconds: options.checkSeconds,
    once: options.once,
    report: (line) => console.log(line),
    say,
  });
  await client.close();
}

async function main(): Promise<void> {
  try {
    await run(readOptions(process.argv));
  } catch (error) {
    say(error instanceof UsageError ? error.message : failureLine(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

void main();
