import { z } from "zod";
import type { Layout } from "../../lake/layout";
import { Journal } from "../hdfs/journal";
import { bronzeCommit, goldCommit, runFailure, silverCommit, type RunFailure } from "../../lake/records";
import type { WebHdfs } from "../hdfs/webhdfs";
import { bronzeState } from "./bronze-data";
import type { DataState } from "./data-state";
import type { KafkaArrivals } from "./kafka-arrivals";
import { layerState } from "./layer-data";

/** Reads the steps' commit records, and what has arrived in Kafka. */
export class LakeData {
  constructor(
    private readonly hdfs: WebHdfs,
    private readonly layout: Layout,
    private readonly arrivals: KafkaArrivals,
  ) {}

  /** @throws Error when Kafka or HDFS does not answer, or a record can't be read */
  async bronze(limitMs: number): Promise<DataState> {
    const newest = await this.bronzeJournal().newest();
    const batchBeganMs = newest && Date.parse(newest.startedAt);
    return bronzeState(newest, await this.arrivals.read(batchBeganMs, limitMs), limitMs);
  }

  /** @throws Error when HDFS does not answer, or a record can't be read */
  async silver(limitMs: number): Promise<DataState> {
    const newest = await this.silverJournal().newest();
    const bronze = this.bronzeJournal();
    const [oldest] = await bronze.numbers(newest?.bronzeThrough);
    const unread = oldest === undefined ? undefined : await bronze.read(oldest);
    const waiting = unread && { what: `bronze batch ${unread.batchId}`, committedAt: unread.committedAt };
    return layerState({ waiting, newest, failure: await this.failure("silver") }, limitMs);
  }

  /** @throws Error when HDFS does not answer, or a record can't be read */
  async gold(limitMs: number): Promise<DataState> {
    const newest = await Journal.of(this.hdfs, this.layout, "gold", goldCommit).newest();
    const silver = this.silverJournal();
    const [oldest] = await silver.numbers(newest?.through.silver);
    const unread = oldest === undefined ? undefined : await silver.read(oldest);
    const waiting = unread && { what: `silver's run ${unread.run}`, committedAt: unread.committedAt };
    return layerState({ waiting, newest, failure: await this.failure("gold") }, limitMs);
  }

  private bronzeJournal() {
    return Journal.of(this.hdfs, this.layout, "bronze", bronzeCommit);
  }

  private silverJournal() {
    return Journal.of(this.hdfs, this.layout, "silver", silverCommit);
  }

  private async failure(layer: "silver" | "gold"): Promise<RunFailure | undefined> {
    const path = this.layout.failure(layer);
    try {
      return runFailure.optional().parse(await this.hdfs.readJsonIfThere(path));
    } catch (error) {
      if (error instanceof z.ZodError) throw new Error(`${path} is not of this version: ${error.message}`);
      throw error;
    }
  }
}
