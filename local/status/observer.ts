import { Kafka, logLevel, type Admin } from "kafkajs";
import type { Endpoints } from "../../lake/endpoints";
import { eventTopics, type EventTopic } from "../../lake/events";
import { kafkaConnection } from "../../lake/kafka-security";
import { layout } from "../../lake/layout";
import {
  bronzeCommit,
  Journal,
  refineCommit,
  serveCommit,
  type RefineCommit,
  type ServeCommit,
} from "../../lake/records";
import { WebHdfs } from "../../lake/webhdfs";

/** How far each hop has come, in records since the lake began. */
export interface Flow {
  readonly kafka: number;
  readonly bronze: number;
  readonly quarantine: number;
  /** Records that silver and gold have seen. */
  readonly refined: number;
  /** Records that readers of ClickHouse see. */
  readonly served: number;
  /** Arrival in Kafka of the newest record in bronze, in gold, in ClickHouse; milliseconds since 1970. */
  readonly newest: { readonly bronze?: number; readonly refined?: number; readonly served?: number };
  readonly newestRefine?: RefineCommit;
  readonly newestServe?: ServeCommit;
  readonly newestBatch: number;
}

interface Batch {
  readonly batchId: number;
  readonly rows: number;
  readonly newestArrivalMs: number;
}

/** Follows Kafka's offsets and the steps' commit records: what a run did is there and nowhere else. */
export class FlowObserver {
  private readonly admin: Admin;
  private readonly bronze;
  private readonly refine;
  private readonly serve;
  private readonly batches: Batch[] = [];
  private underWay: Promise<Flow> | undefined;
  private bronzeRows = 0;
  private quarantineRows = 0;

  constructor(endpoints: Endpoints) {
    const kafka = new Kafka({
      ...kafkaConnection(endpoints.kafka),
      clientId: "status",
      logLevel: logLevel.NOTHING,
    });
    this.admin = kafka.admin();
    const hdfs = new WebHdfs(endpoints.webhdfs);
    const lake = layout(endpoints.lake);
    this.bronze = Journal.of(hdfs, lake, "bronze", bronzeCommit);
    this.refine = Journal.of(hdfs, lake, "refine", refineCommit);
    this.serve = Journal.of(hdfs, lake, "serve", serveCommit);
  }

  async connect(): Promise<void> {
    await this.admin.connect();
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }

  /** Those who ask while a look is under way share it: each record may be counted once. */
  observe(): Promise<Flow> {
    this.underWay ??= this.look().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async look(): Promise<Flow> {
    const kafka = await this.kafkaRecords();
    await this.readBronze();
    const [newestRefine, newestServe] = await Promise.all([this.refine.newest(), this.serve.newest()]);
    const refined = this.through(newestRefine?.bronzeThrough);
    const served = this.through(newestServe?.bronzeThrough);
    const bronze = this.through(Number.MAX_SAFE_INTEGER);
    return {
      kafka,
      bronze: this.bronzeRows,
      quarantine: this.quarantineRows,
      refined: refined.rows,
      served: served.rows,
      newest: {
        ...(bronze.newestMs > 0 && { bronze: bronze.newestMs }),
        ...(refined.newestMs > 0 && { refined: refined.newestMs }),
        ...(served.newestMs > 0 && { served: served.newestMs }),
      },
      ...(newestRefine && { newestRefine }),
      ...(newestServe && { newestServe }),
      newestBatch: this.batches.at(-1)?.batchId ?? -1,
    };
  }

  private async kafkaRecords(): Promise<number> {
    const topics = new Set(await this.admin.listTopics());
    const counts = await Promise.all(
      eventTopics.filter((topic) => topics.has(topic)).map((topic) => this.count(topic)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async count(topic: EventTopic): Promise<number> {
    const partitions = await this.admin.fetchTopicOffsets(topic);
    return partitions.reduce((sum, { high }) => sum + Number(high), 0);
  }

  private async readBronze(): Promise<void> {
    for (const record of await this.bronze.readAfter(this.batches.at(-1)?.batchId ?? -1)) {
      let rows = 0;
      let newestSecond = 0;
      for (const done of Object.values(record.topics)) {
        rows += done.bronzeRows + done.quarantineRows;
        this.bronzeRows += done.bronzeRows;
        this.quarantineRows += done.quarantineRows;
        for (const second of Object.keys(done.arrivals))
          newestSecond = Math.max(newestSecond, Number(second));
      }
      this.batches.push({ batchId: record.batchId, rows, newestArrivalMs: newestSecond * 1000 });
    }
  }

  private through(batchId: number | undefined): { rows: number; newestMs: number } {
    let rows = 0;
    let newestMs = 0;
    for (const batch of this.batches) {
      if (batchId === undefined || batch.batchId > batchId) break;
      rows += batch.rows;
      newestMs = Math.max(newestMs, batch.newestArrivalMs);
    }
    return { rows, newestMs };
  }
}

/** Whether everything in Kafka has come through to ClickHouse. */
export function isDrained(flow: Flow): boolean {
  return (
    flow.bronze + flow.quarantine >= flow.kafka &&
    flow.refined >= flow.bronze + flow.quarantine &&
    flow.served >= flow.refined &&
    (flow.newestRefine === undefined || flow.newestServe?.refineRun === flow.newestRefine.run)
  );
}
