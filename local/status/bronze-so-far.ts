import { offsetsIn, type BronzeCommit, type BronzeTopic } from "../../lake/records";

interface Batch {
  readonly batchId: number;
  readonly rows: number;
  readonly quarantined: number;
  readonly newestArrivalMs: number;
}

/** Batches kept for those who ask how old the newest records were. */
const mostRecent = 200;

/** What bronze's commit records add up to; each record is added once, in order. */
export class BronzeSoFar {
  private readonly batches: Batch[] = [];
  private readonly newest: BronzeCommit[] = [];
  private readonly partitions = new Set<string>();
  private offsetsWithoutRecord = 0;
  private lostRecords = 0;

  get newestBatch(): number {
    return this.batches.at(-1)?.batchId ?? -1;
  }

  get bronze(): number {
    return this.through(Number.MAX_SAFE_INTEGER).rows - this.quarantine;
  }

  get quarantine(): number {
    return this.quarantinedThrough(Number.MAX_SAFE_INTEGER);
  }

  /** Offsets of Kafka that hold no record: before the first that was read of a partition, and among those that were. */
  get empty(): number {
    return this.offsetsWithoutRecord;
  }

  /** Records that Kafka had deleted before they were read. */
  get lost(): number {
    return this.lostRecords;
  }

  get recent(): readonly BronzeCommit[] {
    return this.newest;
  }

  add(record: BronzeCommit): void {
    this.newest.push(record);
    this.newest.splice(0, this.newest.length - mostRecent);
    let rows = 0;
    let quarantined = 0;
    let newestSecond = 0;
    for (const [topic, done] of Object.entries(record.topics)) {
      rows += done.bronzeRows + done.quarantineRows;
      quarantined += done.quarantineRows;
      this.offsetsWithoutRecord += this.beforeFirst(topic, done) + offsetsIn(done.skipped);
      this.lostRecords += offsetsIn(done.lost);
      for (const second of Object.keys(done.arrivals)) newestSecond = Math.max(newestSecond, Number(second));
    }
    this.batches.push({
      batchId: record.batchId,
      rows,
      quarantined,
      newestArrivalMs: newestSecond * 1000,
    });
  }

  /** Records up to a batch, and when the newest of them arrived in Kafka; of none where there is no batch. */
  through(batchId: number | undefined): { rows: number; newestMs: number } {
    const those = this.upTo(batchId ?? -1);
    return {
      rows: those.reduce((sum, { rows }) => sum + rows, 0),
      newestMs: those.reduce((newest, { newestArrivalMs }) => Math.max(newest, newestArrivalMs), 0),
    };
  }

  /** Records up to a batch that are in quarantine. */
  quarantinedThrough(batchId: number): number {
    return this.upTo(batchId).reduce((sum, { quarantined }) => sum + quarantined, 0);
  }

  private upTo(batchId: number): readonly Batch[] {
    return this.batches.filter((batch) => batch.batchId <= batchId);
  }

  private beforeFirst(topic: string, { offsets }: BronzeTopic): number {
    let before = 0;
    for (const [partition, { from }] of Object.entries(offsets)) {
      const place = `${topic}/${partition}`;
      if (!this.partitions.has(place)) before += from;
      this.partitions.add(place);
    }
    return before;
  }
}
