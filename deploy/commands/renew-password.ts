import { loadProfile } from "../../profiles";
import { Cluster } from "../cluster/kubectl";
import { refusal } from "../../command-line/refusal";
import { UsageError } from "../../command-line/usage-error";
import { profileCommand, readCommandLine } from "../command-line";
import { passwordsOf, type Password } from "../passwords/password";
import { renew, requireRenewable } from "../passwords/renew";
import { inOrder, restart } from "../passwords/restart";

interface Options {
  readonly user?: readonly string[];
  readonly restartOnly: boolean;
}

/** @throws UsageError with the names of all users */
function chosen(known: readonly Password[], users: readonly string[] = []): Password[] {
  const names = known.map(({ name }) => name);
  const strangers = users.filter((user) => !names.includes(user));
  if (users.length === 0 || strangers.length > 0)
    throw new UsageError(refusal("user", strangers[0], names.join(", ")));
  return known.filter(({ name }) => users.includes(name));
}

/** `npm run renew-password -- <profile> --user kafka/bronze`: sets a new password, and restarts what uses it. */
export async function renewPasswordCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand(
    "renew-password",
    "Gives users new passwords, and starts anew who logs in as them",
  )
    .option("--user <part/user...>", "whose, as kafka/bronze clickhouse/reader")
    .option("--restart-only", "the Secrets hold the new passwords already", false);
  const line = readCommandLine<Options>(command, args, env);
  if (!line) return 0;
  const profile = loadProfile(line.profile, line.changes);
  const { user, restartOnly } = line.options;
  const { namespace } = profile;
  const passwords = chosen(passwordsOf(profile), user);
  const cluster = await Cluster.connect(profile, line.kubeconfig, env);
  if (!restartOnly) {
    await requireRenewable(passwords, cluster, namespace);
    for (const password of passwords) {
      await renew(password, cluster, namespace);
      console.log(`${password.name}: Secret ${password.secret} has a new password`);
    }
  }
  const workloads = inOrder(passwords.flatMap(({ readBy }) => readBy));
  if (workloads.length === 0) console.log("nothing to restart: each run reads it anew");
  for (const workload of workloads) await restart(workload, cluster, namespace);
  return 0;
}
