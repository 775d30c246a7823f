import type { Admin, Kafka } from "kafkajs";

/** One partition's offsets: the first record still there, and the one that comes next. */
export interface PartitionOffsets {
  readonly partition: number;
  readonly first: number;
  readonly next: number;
}

/** What Kafka says of its topics. */
export class Topics {
  private readonly admin: Admin;
  private connected: Promise<void> | undefined;

  constructor(
    kafka: Kafka,
    private readonly address: string,
  ) {
    this.admin = kafka.admin();
  }

  /** Partitions of every topic there is. */
  async partitions(): Promise<ReadonlyMap<string, number>> {
    const metadata = await this.ask((admin) => admin.fetchTopicMetadata());
    return new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
  }

  async offsets(topic: string): Promise<PartitionOffsets[]> {
    const partitions = await this.ask((admin) => admin.fetchTopicOffsets(topic));
    return partitions
      .map(({ partition, low, high }) => ({ partition, first: Number(low), next: Number(high) }))
      .sort((a, b) => a.partition - b.partition);
  }

  /** Records that are in a topic now. */
  async records(topic: string): Promise<number> {
    return (await this.offsets(topic)).reduce((sum, { first, next }) => sum + next - first, 0);
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.ask((admin) => admin.deleteGroups([groupId]));
  }

  async close(): Promise<void> {
    if (this.connected) await this.admin.disconnect();
  }

  private async ask<T>(call: (admin: Admin) => Promise<T>): Promise<T> {
    try {
      this.connected ??= this.admin.connect();
      await this.connected;
      return await call(this.admin);
    } catch (error) {
      throw new Error(`Kafka at ${this.address} does not answer: ${(error as Error).message}`);
    }
  }
}
