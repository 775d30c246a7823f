import { z } from "zod";
import type { Layout } from "../../lake/layout";
import { bronzeCommit, Journal, refineCommit, refineFailure } from "../../lake/records";
import { HdfsError, type WebHdfs } from "../../lake/webhdfs";
import { bronzeState } from "./bronze-data";
import type { DataState } from "./data-state";
import type { KafkaArrivals } from "./kafka-arrivals";
import { refineState } from "./refine-data";

/** Reads the steps' commit records, and what has arrived in Kafka. */
export class LakeData {
  constructor(
    private readonly hdfs: WebHdfs,
    private readonly layout: Layout,
    private readonly arrivals: KafkaArrivals,
  ) {}

  /** @throws Error when Kafka or HDFS does not answer, or a record can't be read: nothing can be said then */
  async bronze(limitMs: number): Promise<DataState> {
    const newest = await Journal.of(this.hdfs, this.layout, "bronze", bronzeCommit).newest();
    const batchBeganMs = newest && Date.parse(newest.startedAt);
    return bronzeState(newest, await this.arrivals.read(batchBeganMs, limitMs), limitMs);
  }

  /** @throws Error when HDFS does not answer, or a record can't be read */
  async refine(limitMs: number): Promise<DataState> {
    const { hdfs, layout } = this;
    const newest = await Journal.of(hdfs, layout, "refine", refineCommit).newest();
    const bronze = Journal.of(hdfs, layout, "bronze", bronzeCommit);
    const [oldest] = await bronze.numbers(newest?.bronzeThrough);
    const oldestUnread = oldest === undefined ? undefined : await bronze.read(oldest);
    return refineState({ newest, oldestUnread, failure: await this.failure() }, limitMs);
  }

  private async failure(): Promise<z.infer<typeof refineFailure> | undefined> {
    const path = `${this.layout.root}/checkpoints/refine/failure.json`;
    try {
      return refineFailure.parse(await this.hdfs.readJson(path));
    } catch (error) {
      if (error instanceof HdfsError && error.notFound) return undefined;
      if (error instanceof z.ZodError) throw new Error(`${path} is not of this version: ${error.message}`);
      throw error;
    }
  }
}
