import type { PodDemand } from "../../stacks/parts/pod-demand";

/** A node, with the resources that are left on it. */
export interface Node {
  readonly name: string;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  readonly pods: number;
  /** The value of its label `kubernetes.io/arch`: amd64, arm64. */
  readonly arch: string;
}

/** Pods of one kind for which no node has room. */
export interface Unplaced {
  readonly demand: PodDemand;
  readonly missing: number;
  readonly why: string;
}

interface Room {
  readonly name: string;
  readonly arch: string;
  cpuMillis: number;
  memoryMebibytes: number;
  pods: number;
  readonly kinds: Set<string>;
}

function takes({ arch }: Room, demand: PodDemand): boolean {
  return demand.arch === null || demand.arch === arch;
}

function hasRoom(room: Room, { cpuMillis, memoryMebibytes }: PodDemand): boolean {
  return room.pods >= 1 && room.cpuMillis >= cpuMillis && room.memoryMebibytes >= memoryMebibytes;
}

function reason(demand: PodDemand, all: readonly Room[]): string {
  const rooms = all.filter((room) => takes(room, demand));
  if (rooms.length === 0)
    return `only ${demand.arch} nodes take them, and there are ${[...new Set(all.map(({ arch }) => arch))].join(" and ") || "no"} nodes`;
  if (demand.apart && rooms.some((room) => hasRoom(room, demand)))
    return "no two of them may be on one node, and there are too few nodes";
  const most = (of: (room: Room) => number) => Math.max(0, ...rooms.map(of));
  const [cpu, memory] = [most(({ cpuMillis }) => cpuMillis), most(({ memoryMebibytes }) => memoryMebibytes)];
  return `each asks for ${demand.cpuMillis}m CPU and ${demand.memoryMebibytes} MiB; the most that is left on a node is ${cpu}m CPU and ${memory} MiB`;
}

/**
 * Places the largest pods first, each on the node with most memory left, as the scheduler prefers. Pods that fit here may
 * still not fit when they start in another order; a cluster that is too small here is too small in any likely order.
 * @returns the pods that did not fit
 */
export function place(demands: readonly PodDemand[], nodes: readonly Node[]): Unplaced[] {
  const rooms: Room[] = nodes.map((node) => ({ ...node, kinds: new Set() }));
  const largestFirst = [...demands].sort((a, b) => b.memoryMebibytes - a.memoryMebibytes);
  return largestFirst.flatMap((demand) => {
    for (let placed = 0; placed < demand.replicas; placed++) {
      const [room] = rooms
        .filter((room) => takes(room, demand) && hasRoom(room, demand))
        .filter((room) => !(demand.apart && room.kinds.has(demand.name)))
        .sort((a, b) => b.memoryMebibytes - a.memoryMebibytes);
      if (!room) return [{ demand, missing: demand.replicas - placed, why: reason(demand, rooms) }];
      room.cpuMillis -= demand.cpuMillis;
      room.memoryMebibytes -= demand.memoryMebibytes;
      room.pods -= 1;
      room.kinds.add(demand.name);
    }
    return [];
  });
}
