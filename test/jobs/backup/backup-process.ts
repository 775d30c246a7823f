import { join } from "node:path";
import { execute, type Executed } from "../../../deploy/execute";

const root = join(__dirname, "../../..");

/** Runs jobs/backup in its own process, with a ClickHouse and the folder of its disk `backups`. */
export function runBackup(clickhouse: string, folder: string, ...task: string[]): Promise<Executed> {
  const script = ["--import", "tsx", "jobs/backup/cli.ts", "--clickhouse", clickhouse, "--folder", folder];
  return execute(process.execPath, [...script, ...task], process.env, { cwd: root });
}
