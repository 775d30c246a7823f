import { Command, InvalidArgumentError } from "commander";
import { attendant, engineUser, type Account } from "./accounts";
import { prepareDataDirectory } from "./data-directory";

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is allowed.`);
  };
}

function userName(text: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(text) && text !== attendant && text !== engineUser) return text;
  throw new InvalidArgumentError(
    `A letter or _, then letters, digits, _ and - are allowed, but not ${engineUser} or ${attendant}: the server needs them itself.`,
  );
}

interface Options {
  readonly host: string;
  readonly port: number;
  readonly nativePort?: number;
  readonly data: string;
  readonly sessions: number;
  readonly memory: number;
  readonly user: string;
  readonly password?: string;
  readonly reader: string;
  readonly backups?: string;
}

/** Passwords may come from environment variables, which other users of the machine can't read. */
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
  .description("ClickHouse's own server out of the embedded engine's library, on one data directory.")
  .requiredOption("--data <folder>", "where tables are kept; one process at a time may use it")
  .option("--port <number>", "of the HTTP interface; 0 takes a free one", wholeNumber(0, 65_535), 8123)
  .option(
    "--native-port <number>",
    "of the native protocol, which is not served without; 0 takes a free one",
    wholeNumber(0, 65_535),
  )
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .option("--sessions <number>", "queries that run at once; more wait in line", wholeNumber(1, 64), 4)
  .option("--memory <megabytes>", "for queries, merges and caches together", wholeNumber(64, 1_048_576), 400)
  .option("--user <name>", "asked of every query, when there is a password", userName, "serve")
  .option("--password <text>", "or CLICKHOUSE_PASSWORD; without one everybody is let in, as default")
  .option(
    "--reader <name>",
    "who may only read, with the password CLICKHOUSE_READER_PASSWORD",
    userName,
    "reader",
  )
  .option("--backups <folder>", "of the disk `backups`, for BACKUP and RESTORE; none without it")
  .parse();

async function run(options: Options): Promise<void> {
  const known = accounts(options, process.env);
  const started = performance.now();
  const directory = prepareDataDirectory(options.data, options.backups);
  // Loading the engine can take long, so the options are checked first.
  const { ClickHouse } = await import("./server");
  const clickhouse = await ClickHouse.start({
    host: options.host,
    port: options.port,
    nativePort: options.nativePort,
    directory,
    sessions: options.sessions,
    memoryMegabytes: options.memory,
    accounts: known,
    // Set on a cluster: the file says how to reach HDFS' two NameNodes.
    hdfsSettingsFile: process.env["LIBHDFS3_CONF"],
  });
  const { version, http, native } = clickhouse.listening;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const also = native === undefined ? "" : ` and ${options.host}:${native}`;
  console.error(
    `ClickHouse ${version} answers on http://${options.host}:${http}${also} after ${seconds} s (data ${options.data}, ${options.sessions} queries at once)`,
  );
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.error("Stopping: running queries get 5 s");
    clickhouse.stop();
  };
  for (const event of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(event, stop);
  await clickhouse.ended;
  if (!stopping) throw new Error("The engine ended, though nobody told it to: its own words stand above");
}

run(command.opts<Options>()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
