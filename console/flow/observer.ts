import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { z } from "zod";
import type { KafkaClient } from "../../jobs/kafka/client";
import { openKafka } from "../../jobs/kafka/open";
import { eventTopics, type EventTopic } from "../../lake/events";
import { freshness } from "../../lake/freshness";
import { layout, type Layout } from "../../lake/layout";
import { Journal } from "../../jobs/hdfs/journal";
import { readHeld } from "../../jobs/hdfs/read-held";
import {
  bronzeCommit,
  goldCommit,
  serveCommit,
  silverCommit,
  type GoldCommit,
  type HeldPartition,
  type ServeCommit,
  type SilverCommit,
} from "../../lake/records";
import { clickhouseDatabase, importedTable } from "../../lake/tables";
import { kpiDaily } from "../../lake/tables/gold";
import { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { LakeAccess } from "../lake-access";
import { BronzeSoFar } from "./bronze-so-far";

/** How many records each hop has processed since the lake began, each figure read from that hop itself. */
export interface Flow {
  /**
   * Without offsets that bronze found to hold no record, and without `lost` records. For a topic that was created again, with
   * what bronze had read of the old one.
   */
  readonly kafka: number;
  /** Records that Kafka had deleted before bronze read them. */
  readonly lost: number;
  /** Topics that were created again: what bronze had not read of the old ones is lost. */
  readonly readAnew: readonly string[];
  /** Partitions whose newest records wait for an open transaction to end. */
  readonly held: readonly HeldPartition[];
  readonly bronze: number;
  readonly quarantine: number;
  /** Records that silver has read. */
  readonly silver: number;
  /** Records that gold counts, and those that silver has left out. */
  readonly gold: number;
  /** The same figure, from what ClickHouse answers. */
  readonly served: number;
  /** When the newest record of each hop arrived in Kafka, ms since 1970. */
  readonly newest: {
    readonly bronze?: number;
    readonly silver?: number;
    readonly gold?: number;
    readonly served?: number;
  };
  readonly newestSilver?: SilverCommit;
  readonly newestGold?: GoldCommit;
  readonly newestServe?: ServeCommit;
  readonly newestBatch: number;
  /** Seconds to ClickHouse, of the newest batches that it shows; undefined before the first. */
  readonly freshness: { readonly p50: number; readonly p95: number } | undefined;
}

/** Freshness covers the bronze batches committed in this many seconds before the newest publish. */
const freshnessOfSeconds = 120;
/** Number of publishes kept for it. */
const mostRecent = 200;

const events = z.object({ events: z.coerce.number() });

/** Follows Kafka's offsets, the steps' commit records, and what ClickHouse answers. */
export class FlowObserver {
  private readonly kafka: KafkaClient;
  private readonly clickhouse: ClickHouseClient;
  private readonly hdfs: WebHdfs;
  private readonly lake: Layout;
  private readonly bronze;
  private readonly silver;
  private readonly gold;
  private readonly serve;
  private readonly soFar = new BronzeSoFar();
  private readonly recentPublishes: ServeCommit[] = [];
  private readonly silverRuns: { readonly bronzeThrough: number; readonly leftOut: number }[] = [];
  private newestSilver: SilverCommit | undefined;
  private underWay: Promise<Flow> | undefined;

  constructor({ endpoints, kafka: security, hdfsUser, clickhouse }: LakeAccess) {
    this.kafka = openKafka({ brokers: endpoints.kafka, security, clientId: "status", retries: 5 });
    this.clickhouse = createClient({
      url: endpoints.clickhouse,
      ...clickhouse,
      application: "lake-status",
      log: { level: ClickHouseLogLevel.OFF },
    });
    this.hdfs = new WebHdfs(endpoints.webhdfs, hdfsUser);
    this.lake = layout(endpoints.lake);
    const { hdfs, lake } = this;
    this.bronze = Journal.of(hdfs, lake, "bronze", bronzeCommit);
    this.silver = Journal.of(hdfs, lake, "silver", silverCommit);
    this.gold = Journal.of(hdfs, lake, "gold", goldCommit);
    this.serve = Journal.of(hdfs, lake, "serve", serveCommit);
  }

  async close(): Promise<void> {
    await this.kafka.close();
    await this.clickhouse.close();
  }

  /** Concurrent calls share one look, because each record may be counted only once. */
  observe(): Promise<Flow> {
    this.underWay ??= this.look().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** Reads the last hop first: everything that it has, the hops before it have as well. */
  private async look(): Promise<Flow> {
    const eventsServed = await this.eventsServed();
    const newestServe = await this.serve.newest();
    const newestGold = await this.gold.newest();
    await this.readSilver();
    await this.readBronze();
    const { soFar } = this;
    const kafka = soFar.recordsOf(await this.kafkaOffsets());
    const [bronze, silver, gold, served] = [
      soFar.through(Number.MAX_SAFE_INTEGER),
      soFar.through(this.newestSilver?.bronzeThrough),
      soFar.through(newestGold?.bronze.silver),
      soFar.through(newestServe?.bronzeThrough),
    ];
    return {
      kafka,
      lost: soFar.lost,
      readAnew: soFar.anew,
      held: await readHeld(this.hdfs, this.lake),
      bronze: soFar.bronze,
      quarantine: soFar.quarantine,
      silver: silver.rows,
      gold: (newestGold?.events ?? 0) + this.leftOut(newestGold?.bronze.silver),
      served: eventsServed === undefined ? 0 : eventsServed + this.leftOut(newestServe?.bronzeThrough),
      newest: {
        ...(bronze.newestMs > 0 && { bronze: bronze.newestMs }),
        ...(silver.newestMs > 0 && { silver: silver.newestMs }),
        ...(gold.newestMs > 0 && { gold: gold.newestMs }),
        ...(served.newestMs > 0 && { served: served.newestMs }),
      },
      ...(this.newestSilver && { newestSilver: this.newestSilver }),
      ...(newestGold && { newestGold }),
      ...(newestServe && { newestServe }),
      newestBatch: soFar.newestBatch,
      freshness: this.freshness(newestServe),
    };
  }

  /** Keeps the newest publish of each look; with a look a second, none is missed. */
  private freshness(newestServe: ServeCommit | undefined): Flow["freshness"] {
    if (newestServe && newestServe.publish !== this.recentPublishes.at(-1)?.publish)
      this.recentPublishes.push(newestServe);
    this.recentPublishes.splice(0, this.recentPublishes.length - mostRecent);
    const shown = this.soFar.recent.filter(
      ({ batchId, committedAt }) =>
        batchId <= (newestServe?.bronzeThrough ?? -1) &&
        Date.parse(committedAt) >= Date.parse(newestServe?.committedAt ?? "") - freshnessOfSeconds * 1000,
    );
    const { p50, p95 } = freshness(shown, this.recentPublishes);
    return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
  }

  /** Undefined while ClickHouse has no such table or does not answer. */
  private async eventsServed(): Promise<number | undefined> {
    try {
      const answer = await this.clickhouse.query({
        query: `SELECT sum(events) AS events FROM ${clickhouseDatabase}.${importedTable(kpiDaily)}`,
        format: "JSONEachRow",
      });
      return z.array(events).parse(await answer.json())[0]?.events;
    } catch {
      return undefined;
    }
  }

  private async kafkaOffsets(): Promise<number> {
    const topics = await this.kafka.topics();
    const counts = await Promise.all(
      eventTopics.filter((topic) => topics.has(topic)).map((topic) => this.count(topic)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async count(topic: EventTopic): Promise<number> {
    const partitions = await this.kafka.offsets(topic);
    return partitions.reduce((sum, { next }) => sum + next, 0);
  }

  private async readBronze(): Promise<void> {
    for (const record of await this.bronze.readAfter(this.soFar.newestBatch)) this.soFar.add(record);
  }

  private async readSilver(): Promise<void> {
    for (const record of await this.silver.readAfter(this.newestSilver?.run ?? -1)) {
      const rows = Object.values(record.excluded).flatMap((reasons) => Object.values(reasons));
      this.silverRuns.push({
        bronzeThrough: record.bronzeThrough,
        leftOut: rows.reduce((sum, count) => sum + count, 0),
      });
      this.newestSilver = record;
    }
  }

  /** Number of records up to a batch that are in quarantine or that silver excludes. */
  private leftOut(batchId: number | undefined): number {
    if (batchId === undefined) return 0;
    const excluded = this.silverRuns
      .filter(({ bronzeThrough }) => bronzeThrough <= batchId)
      .reduce((sum, { leftOut }) => sum + leftOut, 0);
    return excluded + this.soFar.quarantinedThrough(batchId);
  }
}

/** Whether everything in Kafka has reached ClickHouse, for all days and in all tables. */
export function isDrained(flow: Flow): boolean {
  const { newestSilver, newestGold, newestServe } = flow;
  if (flow.bronze + flow.quarantine < flow.kafka) return false;
  if (flow.kafka === 0) return true;
  return (
    newestSilver !== undefined &&
    newestSilver.bronzeThrough >= flow.newestBatch &&
    newestSilver.dimensionsThrough === newestSilver.run &&
    newestGold !== undefined &&
    Math.min(...Object.values(newestGold.through)) >= newestSilver.run &&
    newestServe?.goldRun === newestGold.run
  );
}
