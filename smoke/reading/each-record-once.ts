import { z } from "zod";
import type { EventTopic } from "../../lake/events";
import { countOffsets, stretchesOf, type BronzeCommit, type OffsetRange } from "../../lake/records";
import { Mismatch } from "../outcome";
import { batchOfRow } from "./batch-of-row";
import type { LakeUnderTest } from "./lake-under-test";
import { offsetsOf, withoutRow, type Progress } from "./progress";
import { offsetsChecksum, pairs, rangesAtOnce } from "./offsets-checksum";
import { count } from "./sql";

const tally = z.object({
  partition: count,
  bronze: count,
  quarantine: count,
  checksum: z.string(),
});

/** A topic's rows in bronze and quarantine, counted in the files, and its offsets without a row, from bronze's records. */
export interface LandedRows {
  readonly bronze: number;
  readonly quarantine: number;
  readonly skipped: number;
  /** By partition: offsets that Kafka had deleted before they were read. */
  readonly lost: ReadonlyMap<number, readonly OffsetRange[]>;
}

/** Batches between two recreations of the topic, or since the last one: in them an offset names one record. */
interface Stretch {
  readonly batches: readonly BronzeCommit[];
  /** SQL condition on a row's `batch`: its file belongs to this stretch. */
  readonly isOf: string;
}

/**
 * Proves that every offset that bronze's commit records name is exactly one row of bronze or of quarantine. Its memory
 * does not grow with the rows: it sums hashes of offsets, and the sum is only right when each offset occurs once.
 */
export async function eachRecordOnce(
  lake: LakeUnderTest,
  topic: EventTopic,
  { bronze }: Progress,
): Promise<LandedRows> {
  await requireDrained(lake, topic, bronze);
  const stretches = stretchesFor(lake, topic, bronze);
  let landed = { bronze: 0, quarantine: 0 };
  for (const stretch of stretches) {
    const rows = await eachOfStretchOnce(lake, topic, stretch);
    landed = { bronze: landed.bronze + rows.bronze, quarantine: landed.quarantine + rows.quarantine };
  }
  return {
    ...landed,
    skipped: countOffsets([...withoutRow(bronze, topic, "skipped").values()].flat()),
    lost: withoutRow(bronze, topic, "lost"),
  };
}

function stretchesFor(lake: LakeUnderTest, topic: EventTopic, bronze: readonly BronzeCommit[]): Stretch[] {
  const all = stretchesOf(bronze, topic);
  return all.map((batches, index) => {
    const next = all[index + 1]?.[0]?.batchId;
    const newest = batches.at(-1)?.batchId ?? -1;
    const until =
      next === undefined ? (lake.options.settled ? "true" : `batch <= ${newest}`) : `batch < ${next}`;
    return { batches, isOf: `batch >= ${index === 0 ? 0 : (batches[0]?.batchId ?? 0)} AND ${until}` };
  });
}

async function eachOfStretchOnce(
  lake: LakeUnderTest,
  topic: EventTopic,
  { batches, isOf }: Stretch,
): Promise<{ bronze: number; quarantine: number }> {
  const ranges = offsetsOf(batches, topic);
  const found = await lake.sql.rows(
    `SELECT kafka_partition AS partition, countIf(layer = 'bronze') AS bronze,
       countIf(layer = 'quarantine') AS quarantine, toString(sum(cityHash64(kafka_offset))) AS checksum
     FROM (${bothLayers(lake, topic)}) WHERE ${isOf} GROUP BY partition ORDER BY partition`,
    tally,
  );
  const skipped = withoutRow(batches, topic, "skipped");
  const lost = withoutRow(batches, topic, "lost");
  for (const [partition, range] of ranges) {
    const { from, until } = range;
    const row = found.find((one) => one.partition === partition);
    const rows = row ? row.bronze + row.quarantine : 0;
    const empty = [...(skipped.get(partition) ?? []), ...(lost.get(partition) ?? [])];
    const records = until - from - countOffsets(empty);
    if (rows === records && (row?.checksum ?? "0") === (await offsetsChecksum(lake, range, empty))) continue;
    const those = `(SELECT kafka_offset, path FROM (${bothLayers(lake, topic)}) WHERE kafka_partition = ${partition} AND ${isOf})`;
    const wrong = await wrongOffsets(lake, those, range, empty);
    throw new Mismatch({
      expected: `${records} records of ${topic} partition ${partition} (of offsets ${from} to ${until - 1}), each in one row`,
      got: `${rows} rows: ${wrong}`,
      look: `the files under ${lake.layout.raw("bronze", topic)} and quarantine, and the log of bronze`,
    });
  }
  const stray = found.find(({ partition }) => !ranges.has(partition));
  if (stray)
    throw new Mismatch({
      expected: `no rows of ${topic} partition ${stray.partition}: no commit record names it`,
      got: `${stray.bronze + stray.quarantine} rows`,
      look: `checkpoints/bronze/commits and the files under ${lake.layout.raw("bronze", topic)}`,
    });
  return {
    bronze: found.reduce((sum, row) => sum + row.bronze, 0),
    quarantine: found.reduce((sum, row) => sum + row.quarantine, 0),
  };
}

function bothLayers({ parquet }: LakeUnderTest, topic: EventTopic): string {
  return (["bronze", "quarantine"] as const)
    .map(
      (layer) =>
        `SELECT '${layer}' AS layer, kafka_partition, kafka_offset, _path AS path, ${batchOfRow} AS batch FROM ${parquet[layer](topic)}`,
    )
    .join(" UNION ALL ");
}

/** Once the sources have stopped, bronze must have read to Kafka's end. Says so when no row has landed at all. */
async function requireDrained(
  lake: LakeUnderTest,
  topic: EventTopic,
  bronze: readonly BronzeCommit[],
): Promise<void> {
  const ranges = offsetsOf(bronze, topic);
  const offsets = await lake.kafka.offsets(topic);
  const missing = offsets.filter(({ partition, first, next }) => {
    const read = ranges.get(partition)?.until ?? first;
    return lake.options.settled ? read !== next : false;
  });
  const newest = bronze.at(-1);
  const seen = newest
    ? `newest batch is ${newest.batchId} of ${newest.committedAt}`
    : "there is no batch yet";
  const [behind] = missing;
  if (behind)
    throw new Mismatch({
      expected: `bronze to have read ${topic} partition ${behind.partition} up to offset ${behind.next}, where Kafka ends`,
      got: `it has read up to ${ranges.get(behind.partition)?.until ?? "nothing"}; ${seen}`,
      look: "the log of bronze",
    });
  if (countOffsets(ranges.values()) === 0 && offsets.some(({ first, next }) => next > first))
    throw new Mismatch({
      expected: `records of ${topic} in a commit record of bronze`,
      got: `none; ${seen}`,
      look: `checkpoints/bronze/commits and the log of bronze`,
    });
}

/** @param rows SQL of the existing rows' offsets and paths */
async function wrongOffsets(
  { sql, options }: LakeUnderTest,
  rows: string,
  { from, until }: OffsetRange,
  empty: readonly OffsetRange[],
): Promise<string> {
  const known = empty.slice(0, rangesAtOnce);
  const isKnown =
    known.length === 0
      ? "false"
      : `arrayExists(part -> number >= part.1 AND number < part.2, [${pairs(known)}])`;
  const doubled = await sql.rows(
    `SELECT kafka_offset AS offset, count() AS times, arraySort(groupUniqArray(path)) AS files
     FROM ${rows} GROUP BY kafka_offset HAVING times > 1 ORDER BY offset LIMIT 3`,
    z.object({ offset: count, times: count, files: z.array(z.string()) }),
  );
  const lost = await sql.rows(
    `SELECT number AS offset FROM numbers(${from}, ${until - from})
     WHERE toInt64(number) NOT IN (SELECT kafka_offset FROM ${rows}) AND NOT ${isKnown} ORDER BY offset LIMIT 3`,
    z.object({ offset: count }),
  );
  const beyond = await sql.rows(
    `SELECT kafka_offset AS offset FROM ${rows} WHERE kafka_offset < ${from} OR kafka_offset >= ${until}
     ORDER BY offset LIMIT 3`,
    z.object({ offset: count }),
  );
  const words = [
    ...doubled.map(
      ({ offset, times, files }) => `offset ${offset} is there ${times} times (${files.join(", ")})`,
    ),
    ...(lost.length > 0 ? [`no row of offset ${list(lost)}`] : []),
    ...(options.settled && beyond.length > 0 ? [`rows of offset ${list(beyond)} that no record names`] : []),
  ];
  return words.join("; ") || "the files changed while they were read";
}

function list(rows: readonly { offset: number }[]): string {
  return `${rows.map(({ offset }) => offset).join(", ")}${rows.length === 3 ? ", …" : ""}`;
}
