import type { PeerName } from "./peers";

/** Which peer may call which other peer, at which TCP ports. The policies deny everything else. */
export interface Edge {
  readonly from: PeerName;
  readonly to: PeerName;
  readonly ports: readonly number[];
}

export function edge(from: PeerName, to: PeerName, ...ports: readonly number[]): Edge {
  return { from, to, ports };
}
