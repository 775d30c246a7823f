import { z } from "zod";
import { absolutePath, name, oneOf, whole } from "./words";

/** Resources of one container. The memory is both request and limit, so that a node's memory is never overcommitted. */
export const size = z.strictObject({
  cpuMillis: whole(1, 256_000).describe("CPU request, in thousandths of a CPU"),
  cpuLimitMillis: whole(1, 256_000).describe("CPU limit, in thousandths of a CPU"),
  memoryMebibytes: whole(16, 2_097_152).describe("memory request and limit, in MiB"),
});

export type Size = z.infer<typeof size>;

/** A JVM in a container: the memory beside the heap is for threads, buffers and code. */
export const jvmSize = size
  .extend({ heapMebibytes: whole(16, 1_048_576).describe("maximum heap of the JVM, in MiB") })
  .refine(
    ({ heapMebibytes, memoryMebibytes }) => heapMebibytes <= memoryMebibytes * 0.85,
    "allowed: a heapMebibytes of at most 85 % of memoryMebibytes",
  );

export type JvmSize = z.infer<typeof jvmSize>;

/** A Spark driver or executor; the pod requests the sum of both memories. */
export const sparkSize = z.strictObject({
  cores: whole(1, 64).describe("tasks that run at once"),
  cpuMillis: whole(1, 64_000).describe("CPU request, in thousandths of a CPU"),
  cpuLimitMillis: whole(1, 64_000).describe("CPU limit, in thousandths of a CPU"),
  heapMebibytes: whole(256, 262_144).describe("heap of the JVM, in MiB"),
  overheadMebibytes: whole(128, 65_536).describe("memory beside the heap (Python, buffers, code), in MiB"),
});

export type SparkSize = z.infer<typeof sparkSize>;

const gibibytes = whole(1, 65_536).describe("size of one pod's volume, in GiB");

const claim = z.strictObject({
  kind: z.literal("claim"),
  sizeGibibytes: gibibytes,
  storageClass: name.nullable().describe("StorageClass; null: the cluster's default"),
});

const hostPath = z.strictObject({
  kind: z.literal("hostPath"),
  sizeGibibytes: gibibytes,
  path: absolutePath.describe("folder on the node; the data stays on that node"),
});

const emptyDir = z.strictObject({ kind: z.literal("emptyDir"), sizeGibibytes: gibibytes });

export const storage = z
  .discriminatedUnion("kind", [claim, hostPath, emptyDir], "allowed kinds: claim, hostPath, emptyDir")
  .describe("where a pod keeps its data; an emptyDir is deleted with the pod");

/** Storage that several pods use one after the other, and that outlives them. */
export const lastingStorage = z
  .discriminatedUnion("kind", [claim, hostPath], "allowed kinds: claim, hostPath")
  .describe("separate volume, which outlives the pods that use it");

/** Strimzi can't use a folder of a node as a volume. */
export const brokerStorage = z
  .discriminatedUnion("kind", [claim, emptyDir], "allowed kinds: claim, emptyDir")
  .describe("where a broker keeps its data; an emptyDir is deleted with the pod");

export type Storage = z.infer<typeof storage>;

export const pullPolicy = oneOf(["IfNotPresent", "Always", "Never"]);
