import { loadProfile } from "../../profiles";
import { runBackupJob } from "../backup/backup-job";
import { withoutServe } from "../backup/without-serve";
import { Cluster } from "../cluster/kubectl";
import { UsageError } from "../../command-line/usage-error";
import { profileCommand, readCommandLine } from "../command-line";
import { StepFailed } from "../request";

interface Options {
  readonly replace: boolean;
  readonly rehearse: boolean;
}

function requireSense(backup: string | undefined, { replace, rehearse }: Options): void {
  if (replace && rehearse)
    throw new UsageError(
      "--rehearse: got it beside --replace, allowed: one of the two, as it replaces nothing",
    );
  if (backup === undefined && (replace || rehearse))
    throw new UsageError(
      `${replace ? "--replace" : "--rehearse"} needs the name of a backup: npm run restore -- <profile> lists them`,
    );
}

/** `npm run restore -- <profile> [backup]`: lists ClickHouse's backups, or restores one. */
export async function restoreCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("restore", "Lists ClickHouse's backups, or restores one")
    .argument("[backup]", "its name; without one they are listed")
    .option("--replace", "put it in the place of what ClickHouse holds", false)
    .option("--rehearse", "restore it beside the lake, read all of it, and take it away again", false);
  const line = readCommandLine<Options>(command, args, env);
  if (!line) return 0;
  const [backup] = line.rest;
  const { options } = line;
  requireSense(backup, options);
  const profile = loadProfile(line.profile, line.changes);
  const { clickhouse, namespace } = profile;
  if (clickhouse.mode === "external")
    throw new StepFailed(
      `profile ${profile.name}: clickhouse.mode is external: its backups are with whoever runs it`,
    );
  const cluster = await Cluster.connect(profile, line.kubeconfig, env);
  const run = (...task: string[]) => runBackupJob(cluster, namespace, task);
  if (backup === undefined) return run("list");
  if (options.rehearse) return run("rehearse", backup);
  const replace = options.replace ? ["--replace"] : [];
  const refused = await run("check", backup, ...replace);
  if (refused !== 0) return refused;
  return withoutServe(cluster, namespace, () => run("restore", backup, ...replace));
}
