import { loadProfile } from "../../profiles";
import { Cluster, ClusterError } from "../cluster/kubectl";
import { profileCommand, readCommandLine } from "../command-line";
import { podsOf, total } from "../fit/demand";
import { checkFit } from "../fit/fit";

/** `npm run fit -- <profile>`: exit code 0 when all fits, 1 when not. Without a cluster it only prints the sums. */
export async function fitCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const line = readCommandLine(
    profileCommand("fit", "Sums up what a profile asks for, and compares it with its cluster"),
    args,
    env,
  );
  if (!line) return 0;
  const profile = loadProfile(line.profile, line.changes);
  const demands = podsOf(profile);
  const rows = demands.map(({ name, replicas, cpuMillis, memoryMebibytes, storageGibibytes }) => ({
    pod: name,
    replicas,
    "CPU (m)": cpuMillis,
    "memory (MiB)": memoryMebibytes,
    "volume (GiB)": storageGibibytes,
  }));
  console.table(rows);
  const { pods, cpuMillis, memoryMebibytes, storageGibibytes } = total(demands);
  console.log(
    `${profile.name} asks for ${pods} pods, ${cpuMillis}m CPU, ${memoryMebibytes} MiB of memory and ${storageGibibytes} GiB of volumes`,
  );
  try {
    const { room, misfits } = await checkFit(profile, await Cluster.connect(profile, line.kubeconfig, env));
    console.log(room);
    for (const misfit of misfits) console.error(misfit);
    return misfits.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    console.log(`not compared with a cluster: ${error.message}`);
    return 0;
  }
}
