import { z } from "zod";
import { eventTopics, type EventTopic } from "../../lake/events";
import { excludedEvents, silverFacts } from "../../lake/tables";
import { Mismatch } from "../outcome";
import { accepted } from "./accepted";
import { batchOfRow } from "./batch-of-row";
import type { LakeUnderTest } from "./lake-under-test";
import { inSilver, type Progress } from "./progress";
import { count } from "./sql";

const byReason = z.object({ reason: z.string(), rows: count });

type Reasons = ReadonlyMap<string, number>;

/**
 * Proves that every event of bronze is a row of silver, is excluded with a reason, or waits for an exchange rate; and
 * that silver's records count the excluded events. Resolves with how many are excluded, by reason.
 */
export async function excludedAsRecorded(lake: LakeUnderTest, progress: Progress): Promise<string> {
  const record = inSilver(progress);
  const sums = new Map<string, number>();
  for (const topic of eventTopics) {
    const found = await inTable(lake, topic, record.bronzeThrough);
    requireSame(lake, topic, recorded(progress, topic), found);
    const { rows, outOfTime } = await lake.sql.row(
      `SELECT count() AS rows, countIf(NOT (${accepted})) AS outOfTime FROM ${lake.parquet.bronze(topic)}
       WHERE ${batchOfRow} <= ${record.bronzeThrough}`,
      z.object({ rows: count, outOfTime: count }),
    );
    const silver = await lake.sql.row(
      `SELECT count() AS rows FROM ${lake.parquet.silver(silverFacts[topic])} WHERE bronze_batch <= ${record.bronzeThrough}`,
      z.object({ rows: count }),
    );
    const excluded = [...found.values()].reduce((sum, one) => sum + one, 0);
    const waiting = topic === "transaction_events" ? record.waiting : 0;
    if (silver.rows + excluded + waiting !== rows)
      throw new Mismatch({
        expected: `${rows} events of ${topic} in bronze to be in silver, excluded or waiting`,
        got: `${silver.rows} in silver, ${excluded} excluded, ${waiting} waiting`,
        look: lake.layout.table("silver", excludedEvents.name),
      });
    const late = (found.get("late") ?? 0) + (found.get("early") ?? 0);
    if (late !== outOfTime)
      throw new Mismatch({
        expected: `${outOfTime} events of ${topic} to be excluded as out of time, as in bronze`,
        got: `${late}`,
        look: lake.layout.table("silver", excludedEvents.name),
      });
    for (const [reason, events] of found) sums.set(reason, (sums.get(reason) ?? 0) + events);
  }
  const words = [...sums].map(([reason, events]) => `${events} ${reason}`);
  if (record.waiting > 0) words.push(`${record.waiting} wait for a rate of exchange`);
  return words.length === 0 ? "none" : words.join(", ");
}

async function inTable(lake: LakeUnderTest, topic: EventTopic, bronzeThrough: number): Promise<Reasons> {
  const rows = await lake.sql.rows(
    `SELECT reason, count() AS rows FROM ${lake.parquet.silver(excludedEvents)}
     WHERE topic = '${topic}' AND bronze_batch <= ${bronzeThrough} GROUP BY reason ORDER BY reason`,
    byReason,
  );
  return new Map(rows.map(({ reason, rows: events }) => [reason, events]));
}

function recorded(progress: Progress, topic: EventTopic): Reasons {
  const sums = new Map<string, number>();
  for (const { excluded } of progress.silver)
    for (const [reason, events] of Object.entries(excluded[topic] ?? {}))
      sums.set(reason, (sums.get(reason) ?? 0) + events);
  return sums;
}

function requireSame(lake: LakeUnderTest, topic: EventTopic, records: Reasons, table: Reasons): void {
  for (const reason of new Set([...records.keys(), ...table.keys()])) {
    const [said, found] = [records.get(reason) ?? 0, table.get(reason) ?? 0];
    if (said !== found)
      throw new Mismatch({
        expected: `${said} events of ${topic} to be excluded as ${reason}, as silver's records say`,
        got: `${found} rows`,
        look: `${lake.layout.table("silver", excludedEvents.name)} and checkpoints/silver/commits`,
      });
  }
}
