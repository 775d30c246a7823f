import type { Size, SparkSize, Storage } from "../../profiles/schema/size";

/** Pods of one kind, and what one of them asks for. */
export interface PodDemand {
  readonly name: string;
  readonly replicas: number;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  /** Of a volume that the cluster has to make; a folder of the node is not counted. */
  readonly storageGibibytes: number;
  /** No two of them on one node. */
  readonly apart: boolean;
  /** The only kind of node that takes them, as `kubernetes.io/arch` names it; null: any. */
  readonly arch: string | null;
}

export function pods(name: string, size: Size, more: Partial<PodDemand> = {}): PodDemand {
  const { cpuMillis, memoryMebibytes } = size;
  const one = { replicas: 1, storageGibibytes: 0, apart: false, arch: null };
  return { name, cpuMillis, memoryMebibytes, ...one, ...more };
}

export function sparkPods(name: string, size: SparkSize, replicas = 1): PodDemand {
  const memoryMebibytes = size.heapMebibytes + size.overheadMebibytes;
  return pods(name, { ...size, memoryMebibytes }, { replicas });
}

export function claimedGibibytes(storage: Storage): number {
  return storage.kind === "claim" ? storage.sizeGibibytes : 0;
}
