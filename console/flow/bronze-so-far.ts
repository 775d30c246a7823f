import { offsetsIn, type BronzeCommit, type BronzeTopic } from "../../lake/records";

interface Batch {
  readonly batchId: number;
  readonly rows: number;
  readonly quarantined: number;
  readonly newestArrivalMs: number;
}

/** What was read of a topic as it exists in Kafka now. */
interface TopicSoFar {
  rows: number;
  /** Offsets before the first one read of each partition, and later ones without a record or with a lost one. */
  withoutRow: number;
  readonly partitions: Set<string>;
}

/** Number of batches kept for finding the age of the newest records. */
const mostRecent = 200;

/** Totals of bronze's commit records; each record is added once, in order. */
export class BronzeSoFar {
  private readonly batches: Batch[] = [];
  private readonly newest: BronzeCommit[] = [];
  private readonly topics = new Map<string, TopicSoFar>();
  private lostRecords = 0;
  private rowsOfTopicsThatAreGone = 0;
  private readonly readAnew = new Set<string>();

  get newestBatch(): number {
    return this.batches.at(-1)?.batchId ?? -1;
  }

  get bronze(): number {
    return this.through(Number.MAX_SAFE_INTEGER).rows - this.quarantine;
  }

  get quarantine(): number {
    return this.quarantinedThrough(Number.MAX_SAFE_INTEGER);
  }

  /** Records that Kafka has or had, from the sum of its end offsets: without offsets that hold no record or a lost one. */
  recordsOf(kafkasEnds: number): number {
    const without = [...this.topics.values()].reduce((sum, { withoutRow }) => sum + withoutRow, 0);
    return kafkasEnds - without + this.rowsOfTopicsThatAreGone;
  }

  /** Topics that were deleted and created again. */
  get anew(): readonly string[] {
    return [...this.readAnew];
  }

  /** Number of records that Kafka had deleted before they were read. */
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
    for (const topic of Object.keys(record.readAnew ?? {})) {
      this.readAnew.add(topic);
      this.rowsOfTopicsThatAreGone += this.soFar(topic).rows;
      this.topics.delete(topic);
    }
    for (const [topic, done] of Object.entries(record.topics)) {
      const lost = offsetsIn(done.lost);
      const soFar = this.soFar(topic);
      soFar.rows += done.bronzeRows + done.quarantineRows;
      soFar.withoutRow += beforeFirst(soFar, done) + offsetsIn(done.skipped) + lost;
      rows += done.bronzeRows + done.quarantineRows;
      quarantined += done.quarantineRows;
      this.lostRecords += lost;
      for (const second of Object.keys(done.arrivals)) newestSecond = Math.max(newestSecond, Number(second));
    }
    this.batches.push({
      batchId: record.batchId,
      rows,
      quarantined,
      newestArrivalMs: newestSecond * 1000,
    });
  }

  /** Number of records up to a batch, and when the newest of them arrived in Kafka; none when there is no batch. */
  through(batchId: number | undefined): { rows: number; newestMs: number } {
    const those = this.upTo(batchId ?? -1);
    return {
      rows: those.reduce((sum, { rows }) => sum + rows, 0),
      newestMs: those.reduce((newest, { newestArrivalMs }) => Math.max(newest, newestArrivalMs), 0),
    };
  }

  /** Number of records up to a batch that are in quarantine. */
  quarantinedThrough(batchId: number): number {
    return this.upTo(batchId).reduce((sum, { quarantined }) => sum + quarantined, 0);
  }

  private upTo(batchId: number): readonly Batch[] {
    return this.batches.filter((batch) => batch.batchId <= batchId);
  }

  private soFar(topic: string): TopicSoFar {
    const known = this.topics.get(topic) ?? { rows: 0, withoutRow: 0, partitions: new Set<string>() };
    this.topics.set(topic, known);
    return known;
  }
}

function beforeFirst({ partitions }: TopicSoFar, { offsets }: BronzeTopic): number {
  let before = 0;
  for (const [partition, { from }] of Object.entries(offsets)) {
    if (!partitions.has(partition)) before += from;
    partitions.add(partition);
  }
  return before;
}
