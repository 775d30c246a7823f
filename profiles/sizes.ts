/** A volume of the cluster's default storage class. */
export const claim = (sizeGibibytes: number) => ({
  kind: "claim" as const,
  sizeGibibytes,
  storageClass: null,
});

/** On a node that others share: more CPU than asked for when it is free. */
export const jvm = (cpuMillis: number, memoryMebibytes: number, heapMebibytes: number) => ({
  cpuMillis,
  cpuLimitMillis: 2000,
  memoryMebibytes,
  heapMebibytes,
});
