/** The other end of a connection. */
export interface Peer {
  /** Full IPv6 notation; IPv4 addresses are mapped to IPv6, as in ClickHouse. */
  readonly address: string;
  readonly port: number;
}

const closedByPeer = "08";
const mapped = "00000000000000000000ffff";

/** The kernel writes an address as hexadecimal words of 32 bits, each in the machine's byte order. */
function readAddress(words: string): string {
  const bytes = (words.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join(""));
  const full = `${bytes.length === 1 ? mapped : ""}${bytes.join("")}`.toLowerCase();
  return (full.match(/.{4}/g) ?? []).join(":");
}

/**
 * Reads Linux' /proc/net/tcp or tcp6, on a little-endian machine.
 * @returns the peers that have closed a connection to `localPort` which this side still holds open
 */
export function gonePeers(table: string, localPort: number): Peer[] {
  const port = (end: string | undefined) => parseInt(end?.split(":")[1] ?? "", 16);
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === closedByPeer && port(local) === localPort)
    .map(([, , peer]) => ({ address: readAddress(peer?.split(":")[0] ?? ""), port: port(peer) }));
}
