import type { Profile } from "../../profiles";
import type { Cluster } from "../cluster/kubectl";
import { askRoom } from "./cluster-room";
import { podsOf } from "./demand";
import { place, type Node } from "./placement";

function line(nodes: readonly Node[]): string {
  const cpu = nodes.reduce((all, node) => all + node.cpuMillis, 0);
  const memory = nodes.reduce((all, node) => all + node.memoryMebibytes, 0);
  return `${nodes.length} nodes have ${cpu}m CPU and ${memory} MiB left`;
}

/** One line for each kind of pod that the nodes have no room for; empty when all fit. */
export function misfits(profile: Profile, nodes: readonly Node[]): string[] {
  return place(podsOf(profile), nodes).map(
    ({ demand, missing, why }) => `${demand.name}: ${missing} of ${demand.replicas} pods do not fit: ${why}`,
  );
}

/** Compares the profile with the cluster. `room` is one line that says what the cluster has left. */
export async function checkFit(
  profile: Profile,
  cluster: Cluster,
): Promise<{ readonly room: string; readonly misfits: string[] }> {
  const nodes = await askRoom(cluster, profile);
  return { room: line(nodes), misfits: misfits(profile, nodes) };
}
