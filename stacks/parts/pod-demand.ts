import type { Size, SparkSize, Storage } from "../../profiles/schema/size";

/** Pods of one kind, and what each of them requests. */
export interface PodDemand {
  readonly name: string;
  readonly replicas: number;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  /** Size of a volume that the cluster has to provide; a folder of the node is not counted. */
  readonly storageGibibytes: number;
  /** Whether no two of them may share a node. */
  readonly apart: boolean;
  /** The only architecture of nodes that they run on, as in the label `kubernetes.io/arch`; null: any. */
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
