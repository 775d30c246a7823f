import { z } from "zod";
import { eventTopics } from "../../lake/events";
import { Mismatch } from "../outcome";
import { accepted } from "./accepted";
import type { LakeUnderTest } from "./lake-under-test";
import { sourceOfRow } from "./landed-by-source";
import { readLedger } from "./ledger";
import { lostRecords } from "./lost-records";
import { count } from "./sql";

const row = z.object({ source: z.string(), hour: z.string(), rows: count, inTime: count });

/**
 * Compares bronze with the ledger by event hour, for the sources that have ended. No more may be missing than was lost
 * before it was read. Resolves with how many hours were compared. Malformed records have no event hour; only the totals
 * cover them.
 */
export async function accountedByHour(lake: LakeUnderTest): Promise<string> {
  const ledger = await readLedger(lake);
  const entries = ledger.entries.filter(({ source }) => ledger.ended.has(source));
  if (entries.length === 0) return "no source has ended: compared by topic only";
  const { bronze } = await lake.progress.read();
  let hours = 0;
  for (const topic of eventTopics) {
    const held = await lake.sql.rows(
      `SELECT ${sourceOfRow} AS source, formatDateTime(event_time, '%Y-%m-%dT%H', 'UTC') AS hour, count() AS rows,
         uniqExactIf(event_id, ${accepted}) AS inTime
       FROM ${lake.parquet.bronze(topic)} GROUP BY source, hour`,
      row,
    );
    const byKey = new Map(held.map((one) => [`${one.source}/${one.hour}`, one]));
    const lost = lostRecords(bronze, topic);
    let missing = 0;
    for (const entry of entries.filter((one) => one.topic === topic)) {
      const { source, eventHour, good, duplicate, tooLate } = entry;
      const got = byKey.get(`${source}/${eventHour}`) ?? { rows: 0, inTime: 0 };
      hours += 1;
      const [rows, inTime] = [good + duplicate, good - tooLate];
      missing += Math.max(0, rows - got.rows, inTime - got.inTime);
      if (missing <= lost && got.rows <= rows && got.inTime <= inTime) continue;
      throw new Mismatch({
        expected: `${rows} rows of ${topic} from ${source} in event hour ${eventHour}, ${inTime} of them distinct and in time`,
        got: `${got.rows} rows, ${got.inTime} distinct and in time`,
        look: `topic eventsim_ledger and ${lake.layout.raw("bronze", topic)}`,
      });
    }
  }
  return `${hours} hours of topics`;
}
