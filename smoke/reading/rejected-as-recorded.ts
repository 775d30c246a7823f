import { z } from "zod";
import { eventTopics } from "../../lake/events";
import { Mismatch } from "../outcome";
import { accepted } from "./accepted";
import type { LakeUnderTest } from "./lake-under-test";
import { refined, within, type Progress } from "./progress";
import { count } from "./sql";

/** Compares the rows of bronze that came too late, or from the future, with what the refine records say of them. */
export async function rejectedAsRecorded(lake: LakeUnderTest, progress: Progress): Promise<string> {
  const { offsets } = refined(progress);
  let rejected = 0;
  for (const topic of eventTopics) {
    const { rows } = await lake.sql.row(
      `SELECT count() AS rows FROM ${lake.parquet.bronze(topic)} WHERE ${within(offsets[topic])} AND NOT (${accepted})`,
      z.object({ rows: count }),
    );
    const recorded = progress.refine.reduce((sum, record) => sum + (record.rejected[topic] ?? 0), 0);
    if (rows !== recorded)
      throw new Mismatch({
        expected: `${rows} rejected rows of ${topic}: so many in bronze are outside the late limit`,
        got: `${recorded} in the records of silver and gold`,
        look: "checkpoints/refine/commits",
      });
    rejected += rows;
  }
  return `${rejected} rows rejected`;
}
