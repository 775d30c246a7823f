import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { UsageError } from "../../command-line/usage-error";
import { Engine } from "../serve/engine";
import { failureLine } from "../serve/failure";
import { Backups, type Backup } from "./backups";
import { makeBackup } from "./make";
import { megabytes } from "./megabytes";
import { readOptions, type BackupOptions } from "./options";
import { Refused } from "./refused";
import { rehearseRestore } from "./rehearse";
import { checkRestore, restoreBackup } from "./restore";

/** Dropping a large database takes a while. A BACKUP or RESTORE runs in the background and is polled. */
const statementTimeoutMs = 15 * 60_000;

const say = (line: string): void => console.log(line);

function line({ name, madeAt, isWhole, bytes }: Backup): string {
  const when = `${madeAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `${name}  ${when}  ${isWhole ? megabytes(bytes) : "broken off, can't be restored"}`;
}

function list(backups: Backups): void {
  const all = backups.list();
  for (const backup of all) say(line(backup));
  if (all.length === 0) say("there are no backups yet");
}

async function run({ folder, task, ...clickhouse }: BackupOptions): Promise<void> {
  const backups = new Backups(folder);
  if (task.kind === "list") return list(backups);
  const client = createClient({
    url: clickhouse.clickhouse,
    username: clickhouse.clickhouseUser,
    password: clickhouse.clickhousePassword,
    application: "lake-backup",
    request_timeout: statementTimeoutMs,
    log: { level: ClickHouseLogLevel.OFF },
  });
  const engine = new Engine(client);
  try {
    switch (task.kind) {
      case "make":
        return await makeBackup(engine, backups, task.keep, say);
      case "check":
        return await checkRestore(engine, backups, task);
      case "restore":
        return await restoreBackup(engine, backups, task, say);
      case "rehearse":
        return await rehearseRestore(engine, backups, task.name, say);
    }
  } finally {
    await client.close();
  }
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv);
    if (options) await run(options);
  } catch (error) {
    const isExpected = error instanceof UsageError || error instanceof Refused;
    console.error(`backup: ${isExpected ? error.message : failureLine(error)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

void main();
