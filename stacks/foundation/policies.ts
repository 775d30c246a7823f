import { kebab } from "../../command-line/kebab";
import type { Profile } from "../../profiles";
import type { Exception } from "../kube-score-exceptions";
import type { Edge } from "./edge";
import { edgesOf } from "./edges";
import { makers } from "../parts/part";
import { peersOf, type Peer } from "./peers";

/** One NetworkPolicy, with the field names of the Terraform provider. */
export interface Policy {
  readonly name: string;
  readonly namespace: string;
  /** Checks of kube-score that it fails on purpose, and why. */
  readonly exceptions: readonly Exception[];
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Record<string, string> };
    readonly policyTypes: string[];
    readonly ingress?: { readonly from: PeerBlock[]; readonly ports: PortBlock[] }[];
    readonly egress?: { readonly to: PeerBlock[]; readonly ports: PortBlock[] }[];
  };
}

interface PortBlock {
  readonly port: string;
  readonly protocol: string;
}

interface PeerBlock {
  readonly ipBlock?: { readonly cidr: string };
  readonly namespaceSelector?: { readonly matchLabels: Record<string, string> };
  readonly podSelector?: { readonly matchLabels: Record<string, string> };
}

const byName = (namespace: string) => ({ matchLabels: { "kubernetes.io/metadata.name": namespace } });

function blocksOf(peer: Peer): PeerBlock[] {
  switch (peer.kind) {
    case "addresses":
      return peer.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
    case "namespace":
      return [{ namespaceSelector: byName(peer.namespace) }];
    case "pods":
      return [
        { namespaceSelector: byName(peer.namespace), podSelector: { matchLabels: { ...peer.labels } } },
      ];
  }
}

function tcp(ports: readonly number[]): PortBlock[] {
  return ports.map((port) => ({ port: String(port), protocol: "TCP" }));
}

/** kube-score finds no target for a policy whose pods are in no manifest; it selects them once they run. */
function exceptionsOf(madeBy: string | undefined): Exception[] {
  if (madeBy === undefined) return [];
  return [{ check: "networkpolicy-targets-pod", reason: `The pods that it selects are made by ${madeBy}.` }];
}

/** One policy for each end of the edge that is a pod of ours: egress at the source, ingress at the target. */
function policiesOf({ from, to, ports }: Edge, peers: ReturnType<typeof peersOf>): Policy[] {
  const [source, target] = [peers[from], peers[to]];
  const name = `${kebab(from)}-to-${kebab(to)}`;
  const policies: Policy[] = [];
  if (source.kind === "pods")
    policies.push({
      name: `${name}-out`,
      namespace: source.namespace,
      exceptions: exceptionsOf(source.madeBy),
      spec: {
        podSelector: { matchLabels: { ...source.labels } },
        policyTypes: ["Egress"],
        egress: [{ to: blocksOf(target), ports: tcp(ports) }],
      },
    });
  if (target.kind === "pods")
    policies.push({
      name: `${name}-in`,
      namespace: target.namespace,
      exceptions: exceptionsOf(target.madeBy),
      spec: {
        podSelector: { matchLabels: { ...target.labels } },
        policyTypes: ["Ingress"],
        ingress: [{ from: blocksOf(source), ports: tcp(ports) }],
      },
    });
  return policies;
}

function denyAll(namespace: string, exceptions: Policy["exceptions"]): Policy {
  return {
    name: "deny-all",
    namespace,
    exceptions,
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

function allowDns(namespace: string, exceptions: Policy["exceptions"], { dns }: Profile["network"]): Policy {
  const pods: Peer = { kind: "pods", namespace: dns.namespace, labels: dns.podLabels };
  const to = [...blocksOf(pods), ...blocksOf({ kind: "addresses", cidrs: dns.cidrs })];
  const ports = ["UDP", "TCP"].map((protocol) => ({ port: "53", protocol }));
  return {
    name: "dns",
    namespace,
    exceptions,
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to, ports }] },
  };
}

/** Policies that deny all traffic except DNS look-ups and the edges. */
export function networkPolicies(profile: Profile): Policy[] {
  if (!profile.network.policies) return [];
  const peers = peersOf(profile);
  const namespaces = [
    { namespace: profile.namespace, exceptions: [] },
    { namespace: profile.operators.namespace, exceptions: exceptionsOf(makers.chart) },
  ];
  return [
    ...namespaces.flatMap(({ namespace, exceptions }) => [
      denyAll(namespace, exceptions),
      allowDns(namespace, exceptions, profile.network),
    ]),
    ...edgesOf(profile).flatMap((edge) => policiesOf(edge, peers)),
  ];
}
