import type { Platform } from "../platform";

/** The Kafka of the lake under test, whoever runs it. */
export interface LakeKafka {
  /** Makes what has to be there before the stack `kafka`; can be done again. */
  prepare(namespace: string): Promise<void>;
  /** The broker ends hard, and comes back by itself. */
  restart(namespace: string): Promise<void>;
  /** What the profile has to say for one partition more of a topic; adds it where the profile has no say. */
  addPartition(
    platform: Platform,
    topic: string,
  ): Promise<{ readonly partition: number; readonly changes: string[] }>;
  /** How many records a partition has seen. */
  endOffset(topic: string, partition: number): Promise<number>;
  /** What tells this Kafka and its records from one made anew: changes when a topic or a password does. */
  identity(namespace: string): Promise<Readonly<Record<string, string>>>;
  /** Takes away what `destroy` leaves of it. */
  remove(): Promise<void>;
}
