import { Command, InvalidArgumentError } from "commander";
import type { Account } from "./credentials";
import { prepareDataDirectory } from "./data-directory";
import { runWithThreads } from "./thread-pool";

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is allowed.`);
  };
}

interface Options {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly sessions: number;
  readonly memory: number;
  readonly user: string;
  readonly password?: string;
  readonly reader: string;
  readonly backups?: string;
}

/** Passwords are given in the environment, where other users of the machine can't read them. */
function accounts(options: Options, env: NodeJS.ProcessEnv): Account[] {
  const password = options.password ?? env["CLICKHOUSE_PASSWORD"] ?? "";
  const readerPassword = env["CLICKHOUSE_READER_PASSWORD"] ?? "";
  if (password === "" && readerPassword !== "")
    throw new Error(
      `CLICKHOUSE_READER_PASSWORD is set, but there is no password of ${options.user}, who may write: set CLICKHOUSE_PASSWORD, too`,
    );
  return [
    { user: options.user, password, readOnly: false },
    { user: options.reader, password: readerPassword, readOnly: true },
  ].filter((account) => account.password !== "");
}

const command = new Command()
  .name("clickhouse")
  .description("ClickHouse's HTTP interface over the embedded engine, on one data directory.")
  .requiredOption("--data <folder>", "where tables are kept; one process at a time may use it")
  .option("--port <number>", "port to listen on; 0 takes a free one", wholeNumber(0, 65_535), 8123)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .option("--sessions <number>", "queries that run at once; more wait in line", wholeNumber(1, 64), 4)
  .option("--memory <megabytes>", "for queries, merges and caches together", wholeNumber(64, 1_048_576), 400)
  .option("--user <name>", "asked of every query, when there is a password", "default")
  .option("--password <text>", "or CLICKHOUSE_PASSWORD; without one everybody is let in")
  .option("--reader <name>", "who may only read, with the password CLICKHOUSE_READER_PASSWORD", "reader")
  .option("--backups <folder>", "of the disk `backups`, for BACKUP and RESTORE; none without it")
  .parse();

async function run(options: Options): Promise<void> {
  const known = accounts(options, process.env);
  const started = performance.now();
  const directory = prepareDataDirectory(options.data, {
    memoryMegabytes: options.memory,
    backups: options.backups,
  });
  // The engine can be told these in no other way. DateTime means UTC all through the lake. On a cluster the settings
  // of HDFS are given: they say how its two NameNodes are reached.
  const hdfsConfig = process.env["LIBHDFS3_CONF"] ?? directory.hdfsConfig;
  Object.assign(process.env, { TZ: "UTC", LIBHDFS3_CONF: hdfsConfig });
  // Loads the engine, which can take long: not before the options are known to be right.
  const { ClickHouse } = await import("./clickhouse");
  const clickhouse = await ClickHouse.start({
    host: options.host,
    port: options.port,
    directory,
    sessions: options.sessions,
    accounts: known,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(
    `ClickHouse ${clickhouse.version} answers on http://${options.host}:${clickhouse.port} after ${seconds} s (data ${options.data}, ${options.sessions} queries at once)`,
  );
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.error("Stopping: running queries get 5 s");
    void clickhouse.stop().then(() => process.exit(0));
  };
  for (const event of ["SIGTERM", "SIGINT", "SIGHUP", "disconnect"]) process.on(event, stop);
}

const options = command.opts<Options>();
if (!runWithThreads(options.sessions, process.env)) {
  run(options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
