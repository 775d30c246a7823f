import type { Size } from "../profiles/schema/size";

/** In Kubernetes' normal form: Terraform would see any other spelling as a change. */
export function cpu(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

export function memory(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export function resourcesOf({ cpuMillis, cpuLimitMillis, memoryMebibytes }: Size): Resources {
  const bytes = memory(memoryMebibytes);
  return {
    requests: { cpu: cpu(cpuMillis), memory: bytes },
    limits: { cpu: cpu(cpuLimitMillis), memory: bytes },
  };
}

/** Disk that a container uses on its node outside of claims: its log, which the kubelet rotates, and caches. */
const diskRequestMebibytes = 64;
const diskLimitMebibytes = 1024;

/** Resources of one of our containers, with a limit on its use of the node's disk; beyond it the pod is evicted. */
export function resourcesWithDisk(size: Size, volumesMebibytes: number) {
  const { requests, limits } = resourcesOf(size);
  return {
    requests: { ...requests, "ephemeral-storage": memory(diskRequestMebibytes) },
    limits: { ...limits, "ephemeral-storage": memory(diskLimitMebibytes + volumesMebibytes) },
  };
}
