import { readFileSync } from "node:fs";
import { z } from "zod";

const jarSchema = z.strictObject({
  groupId: z.string(),
  artifactId: z.string(),
  version: z.string(),
  classifier: z.string().optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
});

/** Jars of the broker, of NameNode and DataNode, and of Spark for reading Kafka. */
export const jarGroups = ["kafka", "hdfs", "spark-connector"] as const;

const jarsLockSchema = z.strictObject({
  groups: z.strictObject({
    kafka: z.array(jarSchema).min(1),
    hdfs: z.array(jarSchema).min(1),
    "spark-connector": z.array(jarSchema).min(1),
  }),
});

export type Jar = z.infer<typeof jarSchema>;
export type JarGroup = (typeof jarGroups)[number];
export type JarsLock = z.infer<typeof jarsLockSchema>;

/** The jars by group, in class path order. Throws when the file is missing or is not a lock. */
export function readJarsLock(path: string): JarsLock {
  return jarsLockSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

export function jarFileName(jar: Jar): string {
  return `${jar.artifactId}-${jar.version}${jar.classifier === undefined ? "" : `-${jar.classifier}`}.jar`;
}
