import { freshness } from "../../lake/freshness";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";

const lastSeconds = 3600;

/** Measures the time from Kafka to both ClickHouse paths for the last hour's records. Resolves with its distribution. */
export async function fresh(lake: LakeUnderTest): Promise<string> {
  const { bronze, serve } = await lake.progress.read();
  const newestMs = Date.parse(bronze.at(-1)?.committedAt ?? "");
  const recent = bronze.find(({ committedAt }) => Date.parse(committedAt) >= newestMs - lastSeconds * 1000);
  const { records, pending, p50, p95, max } = freshness(bronze, serve, recent && { from: recent.batchId });
  if (p50 === undefined || p95 === undefined || max === undefined)
    throw new Mismatch({
      expected: "records that ClickHouse shows",
      got: `none, and ${pending} that it does not`,
      look: "checkpoints/serve/commits and the log of serve",
    });
  if (p95 > lake.options.freshnessSeconds)
    throw new Mismatch({
      expected: `95 % of the last hour's records in ClickHouse within ${lake.options.freshnessSeconds} s`,
      got: `${p95.toFixed(1)} s (half of them within ${p50.toFixed(1)} s, all within ${max.toFixed(1)} s), of ${records} records`,
      look: "the commit records: how long a batch, a run and a publish take",
    });
  return `p50 ${p50.toFixed(1)} s, p95 ${p95.toFixed(1)} s, max ${max.toFixed(1)} s`;
}
