import { z } from "zod";
import { ofTopicNow, runFailure } from "../../lake/records";
import { silverFacts } from "../../lake/tables";
import type { LakeUnderTest } from "../reading/lake-under-test";
import type { Progress } from "../reading/progress";
import { count } from "../reading/sql";
import { newestCommit } from "./await-hop";
import { missingFrom, snapshotSource, type GoldSource } from "./gold-figures";
import type { SentEvent, SentProbe } from "./send";

/** Why the probe is not in bronze yet; undefined when each of its events is one row there. */
export async function lookInBronze(lake: LakeUnderTest, sent: SentProbe): Promise<string | undefined> {
  const { bronze } = await lake.progress.read();
  const newest = newestCommit("bronze commit", bronze.at(-1)?.batchId, bronze.at(-1)?.committedAt);
  for (const event of sent.events) {
    const { topic, eventId, partition, offset } = event;
    const commit = ofTopicNow(bronze, topic).find(({ topics }) => {
      const range = topics[topic]?.offsets[String(partition)];
      return range !== undefined && range.from <= offset && offset < range.until;
    });
    if (!commit)
      return `no row of ${topic} with event_id ${eventId} (partition ${partition} offset ${offset}): ${newest}`;
    const { rows } = await lake.sql.row(
      `SELECT count() AS rows FROM ${lake.parquet.bronze(topic)}
       WHERE kafka_partition = ${partition} AND kafka_offset = ${offset} AND event_id = '${eventId}'`,
      z.object({ rows: count }),
    );
    if (rows === 1) continue;
    return `${rows} rows of ${topic} with event_id ${eventId}, though batch ${commit.batchId} has read its offset${await quarantined(lake, event)}`;
  }
  return undefined;
}

async function quarantined(lake: LakeUnderTest, { topic, partition, offset }: SentEvent): Promise<string> {
  const [row] = await lake.sql.rows(
    `SELECT reason FROM ${lake.parquet.quarantine(topic)}
     WHERE kafka_partition = ${partition} AND kafka_offset = ${offset} LIMIT 1`,
    z.object({ reason: z.string().nullable() }),
  );
  return row ? `: it is in quarantine, because ${row.reason ?? "of no reason"}` : "";
}

export async function lookInSilver(lake: LakeUnderTest, sent: SentProbe): Promise<string | undefined> {
  const progress = await lake.progress.read();
  for (const { topic, eventId } of sent.events) {
    const table = silverFacts[topic];
    const { rows } = await lake.sql.row(
      `SELECT count() AS rows FROM ${lake.parquet.silver(table)}
       WHERE event_date = '${sent.day}' AND event_id = '${eventId}'`,
      z.object({ rows: count }),
    );
    if (rows !== 1)
      return `${rows} rows in ${table.name} with event_id ${eventId}: ${await layerState(lake, progress, "silver")}`;
  }
  return undefined;
}

/** How far a layer has come, and why no further, in words. */
async function layerState(
  lake: LakeUnderTest,
  progress: Progress,
  layer: "silver" | "gold",
): Promise<string> {
  const newest = progress[layer].at(-1);
  const state = newestCommit(`run of ${layer}`, newest?.run, newest?.committedAt);
  const path = lake.layout.failure(layer);
  const said = await lake.hdfs.readJsonIfThere(path);
  if (said === undefined) return state;
  const failure = runFailure.safeParse(said);
  const [first] = failure.data?.failed ?? [];
  return `${state}; run ${failure.data?.run} failed: ${first ? `${first.name}: ${first.message}` : path}`;
}

export async function lookInGold(lake: LakeUnderTest, sent: SentProbe): Promise<string | undefined> {
  const progress = await lake.progress.read();
  const source = snapshotSource(lake, progress);
  const missing = source ? await missingFrom(lake, sent, source) : "nothing published";
  return missing && `${missing}: ${await layerState(lake, progress, "gold")}`;
}

/** Why one path of ClickHouse does not show the probe yet; undefined when it does. */
export async function lookInClickHouse(
  lake: LakeUnderTest,
  sent: SentProbe,
  source: GoldSource,
): Promise<string | undefined> {
  const missing = await missingFrom(lake, sent, source);
  if (missing === undefined) return undefined;
  const newest = (await lake.progress.read()).serve.at(-1);
  return `${missing}: ${newestCommit("publish", newest?.publish, newest?.committedAt)}`;
}
