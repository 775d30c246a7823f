import type { PeerName } from "./peers";

/** Who may call whom, at which ports. Everything else is refused. */
export interface Edge {
  readonly from: PeerName;
  readonly to: PeerName;
  readonly ports: readonly number[];
}

export function edge(from: PeerName, to: PeerName, ...ports: readonly number[]): Edge {
  return { from, to, ports };
}
