import type { Profile } from "../../../profiles";
import { edgesOf } from "../../../stacks/foundation/edges";
import { peersOf, type PeerName } from "../../../stacks/foundation/peers";

/** The ends of the picture that NetworkPolicies identify by a pod's labels. */
export function peersOfPod(
  profile: Profile,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): PeerName[] {
  return Object.entries(peersOf(profile))
    .filter(
      ([, peer]) =>
        peer.kind === "pods" &&
        peer.namespace === namespace &&
        Object.entries(peer.labels).every(([key, value]) => labels[key] === value),
    )
    .map(([name]) => name as PeerName);
}

/** `to port` of every edge that starts at a pod with all of these roles. */
export function waysFrom(profile: Profile, from: readonly PeerName[]): string[] {
  const edges = edgesOf(profile).filter((edge) => from.includes(edge.from));
  return edges.flatMap(({ to, ports }) => ports.map((port) => `${to} ${port}`)).toSorted();
}

/** Ports on which somebody may call a pod with all of these roles. */
export function openPorts(profile: Profile, to: readonly PeerName[]): number[] {
  return edgesOf(profile)
    .filter((edge) => to.includes(edge.to))
    .flatMap(({ ports }) => ports);
}
