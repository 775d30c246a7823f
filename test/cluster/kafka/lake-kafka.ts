import type { Platform } from "../platform";

/** The Kafka of the lake under test, whoever runs it. */
export interface LakeKafka {
  /** Creates what must exist before the stack `kafka`; can be repeated. */
  prepare(namespace: string): Promise<void>;
  /** Kills the broker, which starts again on its own. */
  restart(namespace: string): Promise<void>;
  /** Profile values that give a topic one more partition; adds it itself where the profile does not decide. */
  addPartition(
    platform: Platform,
    topic: string,
  ): Promise<{ readonly partition: number; readonly changes: string[] }>;
  /** Number of records that a partition has had. */
  endOffset(topic: string, partition: number): Promise<number>;
  /** Distinguishes this Kafka and its records from one created anew: changes when a topic or a password does. */
  identity(namespace: string): Promise<Readonly<Record<string, string>>>;
  /** Removes what `destroy` leaves of it. */
  remove(): Promise<void>;
}
