import type { Profile } from "../../../profiles";
import { edgesOf } from "../../../stacks/foundation/edges";
import { peersOf, type Peer, type PeerName } from "../../../stacks/foundation/peers";
import type { Labels } from "../../../stacks/labels";

/** A pod that stands in for a part of the lake: it has the labels by which policies identify that part, and no others. */
export interface Probe {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

export const strangersNamespace = "strangers";

type Pods = Extract<Peer, { kind: "pods" }>;

/** Every probe listens on it, and no policy allows it. */
const portOfNoEdge = 12345;

/** The connections that the lake's picture allows, for pods with given labels. */
export class Picture {
  private readonly edges;
  private readonly peers;

  constructor(profile: Profile) {
    this.edges = edgesOf(profile);
    this.peers = peersOf(profile);
  }

  /**
   * One for each part that is a pod, two where its pods call each other, one that is no part, and the same again outside of the
   * lake's namespace.
   */
  get probes(): Probe[] {
    const parts = this.parts.flatMap(({ name, peer: { namespace, labels } }) => {
      const probe = { name: `probe-${name.toLowerCase()}`, namespace, labels };
      const callsItsOwn = this.edges.some(({ from, to }) => from === name && to === name);
      return callsItsOwn ? [probe, { ...probe, name: `${probe.name}-2` }] : [probe];
    });
    const nobody = { name: "probe-nobody", labels: {} };
    const inLake = [...new Set(parts.map(({ namespace }) => namespace))].map((namespace) => ({
      ...nobody,
      namespace,
    }));
    const strangers = [nobody, ...parts].map((probe) => ({ ...probe, namespace: strangersNamespace }));
    return [...parts, ...inLake, ...strangers];
  }

  /** Every port that a part listens on, and one that no policy allows. */
  get ports(): number[] {
    const ports = this.edges.filter(({ to }) => this.peers[to].kind === "pods").flatMap((edge) => edge.ports);
    return [...new Set([...ports, portOfNoEdge])].sort((one, other) => one - other);
  }

  allows(from: Probe, to: Probe | PeerName, port: number): boolean {
    return this.edges.some(
      (edge) =>
        this.plays(from, edge.from) &&
        (typeof to === "string" ? to === edge.to : this.plays(to, edge.to)) &&
        edge.ports.includes(port),
    );
  }

  private get parts(): { name: PeerName; peer: Pods }[] {
    const names = new Set(this.edges.flatMap(({ from, to }) => [from, to]));
    return [...names].flatMap((name) => {
      const peer: Peer = this.peers[name];
      return peer.kind === "pods" ? [{ name, peer }] : [];
    });
  }

  private plays({ namespace, labels }: Probe, name: PeerName): boolean {
    const peer: Peer = this.peers[name];
    return (
      peer.kind === "pods" &&
      peer.namespace === namespace &&
      Object.entries(peer.labels).every(([key, value]) => labels[key] === value)
    );
  }
}
