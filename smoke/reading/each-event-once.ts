import { z } from "zod";
import type { EventTopic } from "../../lake/events";
import type { SilverCommit } from "../../lake/records";
import { excludedEvents, silverFacts } from "../../lake/tables";
import { Mismatch } from "../outcome";
import { accepted } from "./accepted";
import { batchOfRow } from "./batch-of-row";
import type { LakeUnderTest } from "./lake-under-test";
import { inSilver, type Progress } from "./progress";
import { count } from "./sql";

const tally = z.object({ rows: count, checksum: z.string() });
const ids = z.array(z.string());

/**
 * Proves that each distinct event of bronze that arrived in time is one row of silver, and that silver has no other rows,
 * for all records that silver's newest run has read. Resolves with the number of rows.
 */
export async function eachEventOnce(
  lake: LakeUnderTest,
  topic: EventTopic,
  progress: Progress,
): Promise<number> {
  const record = inSilver(progress);
  requireAllRefined(lake, progress);
  const table = silverFacts[topic];
  const through = record.bronzeThrough;
  const apart = setApart(lake, topic, record).map((ids) => ` AND event_id NOT IN (${ids})`);
  const inBronze = `(SELECT event_id FROM ${lake.parquet.bronze(topic)} WHERE ${batchOfRow} <= ${through} AND ${accepted}${apart.join("")} GROUP BY event_id)`;
  const ofSilver = `(SELECT event_id FROM ${lake.parquet.silver(table)} WHERE ${lake.options.settled ? "true" : `bronze_batch <= ${through}`})`;
  const sums = "count() AS rows, toString(sum(cityHash64(event_id))) AS checksum";
  const expected = await lake.sql.row(`SELECT ${sums} FROM ${inBronze}`, tally);
  const got = await lake.sql.row(`SELECT ${sums} FROM ${ofSilver}`, tally);
  if (expected.rows === got.rows && expected.checksum === got.checksum) return got.rows;
  const wrong = await lake.sql.row(
    `SELECT
       (SELECT groupArray(event_id) FROM (SELECT event_id FROM ${inBronze} WHERE event_id NOT IN ${ofSilver} ORDER BY event_id LIMIT 3)) AS lost,
       (SELECT groupArray(event_id) FROM (SELECT event_id FROM ${ofSilver} GROUP BY event_id HAVING count() > 1 ORDER BY event_id LIMIT 3)) AS doubled,
       (SELECT groupArray(event_id) FROM (SELECT event_id FROM ${ofSilver} WHERE event_id NOT IN ${inBronze} ORDER BY event_id LIMIT 3)) AS stray`,
    z.object({ lost: ids, doubled: ids, stray: ids }),
  );
  const words = [
    ...(wrong.lost.length > 0 ? [`not in silver: ${wrong.lost.join(", ")}`] : []),
    ...(wrong.doubled.length > 0 ? [`more than once: ${wrong.doubled.join(", ")}`] : []),
    ...(wrong.stray.length > 0 ? [`in silver only: ${wrong.stray.join(", ")}`] : []),
  ];
  throw new Mismatch({
    expected: `the ${expected.rows} distinct events of ${topic} that came in time, up to bronze batch ${record.bronzeThrough}`,
    got: `${got.rows} rows in ${table.name} (${words.join("; ") || "the files changed while they were read"})`,
    look: `${lake.layout.table("silver", table.name)} and silver's run ${record.run}`,
  });
}

/** SELECTs of ids of events that arrived in time but are not in silver: a test refused them, or they wait for a rate. */
function setApart({ parquet }: LakeUnderTest, topic: EventTopic, { waiting, whole }: SilverCommit): string[] {
  const refused = `SELECT event_id FROM ${parquet.silver(excludedEvents)} WHERE topic = '${topic}' AND reason = 'broken'`;
  const file = whole.int_waiting_transactions;
  if (topic !== "transaction_events" || waiting === 0 || file === undefined) return [refused];
  return [refused, `SELECT event_id FROM ${parquet.file(file, { event_id: "String" })}`];
}

/** Once the sources have stopped, silver must have read every batch of bronze. */
function requireAllRefined({ options, layout }: LakeUnderTest, progress: Progress): void {
  const newest = progress.bronze.at(-1);
  const record = progress.silver.at(-1);
  if (!options.settled || !newest || !record || record.bronzeThrough >= newest.batchId) return;
  throw new Mismatch({
    expected: `silver to have read bronze up to batch ${newest.batchId}`,
    got: `run ${record.run} of ${record.committedAt} has read up to batch ${record.bronzeThrough}`,
    look: `${layout.failure("silver")} and the log of silver (on one machine: refine)`,
  });
}
