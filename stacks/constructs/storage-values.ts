import type { Storage } from "../../profiles/schema/size";

/** Storage as our charts take it. */
export function storageValues(storage: Storage) {
  const { kind, sizeGibibytes } = storage;
  return {
    kind,
    sizeGibibytes,
    ...(kind === "claim" && { storageClass: storage.storageClass }),
    ...(kind === "hostPath" && { hostPath: storage.path }),
  };
}
