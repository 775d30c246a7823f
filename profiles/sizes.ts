/** A volume of the cluster's default storage class. */
export const claim = (sizeGibibytes: number) => ({
  kind: "claim" as const,
  sizeGibibytes,
  storageClass: null,
});

/** For a node that others share: the container may use more CPU than it requests when some is free. */
export const jvm = (cpuMillis: number, memoryMebibytes: number, heapMebibytes: number) => ({
  cpuMillis,
  cpuLimitMillis: 2000,
  memoryMebibytes,
  heapMebibytes,
});
