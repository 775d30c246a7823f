import type { Size } from "../profiles/schema/size";

/** Kubernetes normalises quantities, and Terraform takes the other spelling for a change: only normal ones are written. */
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

/** Of what a container leaves on its node's disk outside of claims: its log, which the kubelet turns over, and caches. */
const diskRequestMebibytes = 64;
const diskLimitMebibytes = 1024;

/** Resources of a container of ours, with a bound to what it may leave on its node's disk; beyond it the pod is evicted. */
export function resourcesWithDisk(size: Size, volumesMebibytes: number) {
  const { requests, limits } = resourcesOf(size);
  return {
    requests: { ...requests, "ephemeral-storage": memory(diskRequestMebibytes) },
    limits: { ...limits, "ephemeral-storage": memory(diskLimitMebibytes + volumesMebibytes) },
  };
}
