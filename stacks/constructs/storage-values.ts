import type { Storage } from "../../profiles/schema/size";

/** The value `storage` of our charts. */
export function storageValues(storage: Storage) {
  const { kind, sizeGibibytes } = storage;
  return {
    kind,
    sizeGibibytes,
    ...(kind === "claim" && { storageClass: storage.storageClass }),
    ...(kind === "hostPath" && { hostPath: storage.path }),
  };
}
