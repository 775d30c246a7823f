import { z } from "zod";
import type { Journal } from "../../jobs/hdfs/journal";
import type { EventTopic } from "../../lake/events";
import type {
  GoldCommit,
  goldCommit,
  ServeCommit,
  serveCommit,
  SilverCommit,
  silverCommit,
} from "../../lake/records";
import {
  clickhouseString,
  excludedEvents,
  exclusionReasons,
  silverFacts,
  type ExclusionReason,
} from "../../lake/tables";
import type { Parquet } from "../../smoke/reading/parquet";
import { count, type Sql } from "../../smoke/reading/sql";
import type { FollowStop } from "../messages";
import type { RawRecord } from "./raw-records";
import { stop } from "./stops";

export interface RefinedJournals {
  readonly silver: Journal<typeof silverCommit>;
  readonly gold: Journal<typeof goldCommit>;
  readonly serve: Journal<typeof serveCommit>;
}

const place = { kafka_partition: "Int32", kafka_offset: "Int64" } as const;
const kept = z.object({ partition: count, offset: count, file: z.string() });
const excluded = z.object({
  reason: z.enum(Object.keys(exclusionReasons) as [ExclusionReason, ...ExclusionReason[]]),
  detail: z.string().nullable(),
  file: z.string(),
});

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const runOf = (file: string) => Number(/run-(\d+)-/.exec(file)?.[1]);

/** Where an event of bronze is in silver, gold and ClickHouse, and why it is not where one would expect it. */
export class Refined {
  constructor(
    private readonly reader: Sql,
    private readonly parquet: Parquet,
    private readonly journals: RefinedJournals,
  ) {}

  async follow(record: RawRecord): Promise<FollowStop[]> {
    const { eventId, eventMs } = record;
    if (eventId === null || eventMs === null) return [];
    const newest = await this.journals.silver.newest();
    if (newest === undefined || newest.bronzeThrough < record.batch)
      return [
        waits(
          "silver",
          `Silver has read bronze up to batch ${newest?.bronzeThrough ?? "none"}; this record is in batch ${record.batch}.`,
        ),
      ];
    const fact = await this.fact(record.topic, eventId, day(eventMs));
    if (fact?.partition !== record.partition || fact.offset !== record.offset)
      return [await this.notKept(record, newest)];
    const run = runOf(fact.file);
    const { committedAt } = await this.journals.silver.read(run);
    const added = `Run ${run} added it to ${silverFacts[record.topic].name}.`;
    const silver = there("silver", added, committedAt, { file: fact.file });
    return [silver, ...(await this.behindSilver(run, day(eventMs)))];
  }

  private async fact(topic: EventTopic, eventId: string, date: string) {
    const files = `silver/${silverFacts[topic].name}/event_date=${date}/*.parquet`;
    const [found] = await this.reader.rows(
      `SELECT kafka_partition AS partition, kafka_offset AS offset, _path AS file
       FROM ${this.parquet.file(files, { event_id: "String", ...place })} WHERE event_id = ${clickhouseString(eventId)}`,
      kept,
    );
    return found;
  }

  private async notKept(record: RawRecord, newest: SilverCommit): Promise<FollowStop> {
    const files = `silver/${excludedEvents.name}/arrival_date=${day(record.arrivedMs)}/*.parquet`;
    const columns = { topic: "String", reason: "String", detail: "Nullable(String)", ...place };
    const [found] = await this.reader.rows(
      `SELECT reason, detail, _path AS file FROM ${this.parquet.file(files, columns)}
       WHERE topic = '${record.topic}' AND kafka_partition = ${record.partition} AND kafka_offset = ${record.offset}`,
      excluded,
    );
    if (found) {
      const run = runOf(found.file);
      const { committedAt } = await this.journals.silver.read(run);
      const said = found.detail === null ? "" : ` (${found.detail})`;
      const why = `${found.reason}: ${exclusionReasons[found.reason]}${said}`;
      return stop("silver", "refused", `Run ${run} left it out. Reason ${why}.`, Date.parse(committedAt), {
        file: found.file,
      });
    }
    if (record.topic === "transaction_events" && newest.waiting > 0)
      return waits("silver", "It waits for the exchange rate of its currency and day.");
    const text = "Silver has read its batch, but holds it neither in a fact nor in excluded_events.";
    return stop("silver", "missing", text, null);
  }

  /** The first run of gold that has merged silver's run: at once, or later if its day gets few rows. */
  private async mergedBy(run: number, date: string): Promise<GoldCommit | undefined> {
    const reached = await firstOf(this.journals.gold, ({ through }) => through.silver >= run);
    if (reached === undefined) return undefined;
    const isMerged = ({ through, pendingDays }: GoldCommit) =>
      through.late >= run || !pendingDays.includes(date);
    if (isMerged(reached)) return reached;
    for (const number of await this.journals.gold.numbers(reached.run)) {
      const record = await this.journals.gold.read(number);
      if (isMerged(record)) return record;
    }
    return undefined;
  }

  private async behindSilver(run: number, date: string): Promise<FollowStop[]> {
    const gold = await this.mergedBy(run, date);
    if (gold === undefined)
      return [
        waits(
          "gold",
          `Gold has not merged silver's run ${run} for ${date} yet. Days that get few rows are merged less often.`,
        ),
      ];
    const merged = there("gold", `Run ${gold.run} merged it into the figures of ${date}.`, gold.committedAt);
    const served = await firstOf(this.journals.serve, ({ goldRun }: ServeCommit) => goldRun >= gold.run);
    if (served === undefined)
      return [merged, waits("clickhouse", `ClickHouse does not show gold's run ${gold.run} yet.`)];
    const shown = there(
      "clickhouse",
      `Publish ${served.publish} shows it, with gold's run ${served.goldRun}.`,
      served.committedAt,
      { sql: `SELECT * FROM lake.gold_kpi_daily WHERE event_date = '${date}'` },
    );
    return [merged, shown];
  }
}

function there(
  hop: FollowStop["hop"],
  text: string,
  at: string,
  where: Parameters<typeof stop>[4] = {},
): FollowStop {
  return stop(hop, "there", text, Date.parse(at), where);
}

function waits(hop: FollowStop["hop"], text: string): FollowStop {
  return stop(hop, "waiting", text, null);
}

/** The first record for which `holds`, which then holds for all later ones: a handful of records is read. */
async function firstOf<S extends z.ZodType>(
  journal: Journal<S>,
  holds: (record: z.infer<S>) => boolean,
): Promise<z.infer<S> | undefined> {
  const numbers = await journal.numbers();
  let [from, until] = [0, numbers.length];
  let first: z.infer<S> | undefined;
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    const record = await journal.read(numbers[middle] ?? 0);
    if (holds(record)) [first, until] = [record, middle];
    else from = middle + 1;
  }
  return first;
}
