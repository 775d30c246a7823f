import { z } from "zod";
import type { EventTopic } from "../../lake/events";
import { sourceHeader } from "../../lake/ledger";
import { accepted } from "./accepted";
import type { LakeUnderTest } from "./lake-under-test";
import { count } from "./sql";

const row = z.object({ source: z.string(), bronze: count, inTime: count, quarantine: count });

/** Numbers of one source's rows in the raw layers. `inTime` are distinct events that silver takes. */
export type Landed = Omit<z.infer<typeof row>, "source">;

/** SQL of the source that a raw row's headers name; empty where they name none. */
export const sourceOfRow = `ifNull(arrayFirst(header -> header.1 = '${sourceHeader}', kafka_headers).2, '')`;

/** A topic's rows by the source that sent them; producers that keep no ledger are under the empty name. */
export async function landedBySource(
  { sql, parquet }: LakeUnderTest,
  topic: EventTopic,
): Promise<ReadonlyMap<string, Landed>> {
  const rows = await sql.rows(
    `SELECT source, sum(in_bronze) AS bronze, sum(in_time) AS inTime, sum(in_quarantine) AS quarantine FROM (
       SELECT ${sourceOfRow} AS source, count() AS in_bronze, uniqExactIf(event_id, ${accepted}) AS in_time,
         0 AS in_quarantine
       FROM ${parquet.bronze(topic)} GROUP BY source
       UNION ALL
       SELECT ${sourceOfRow} AS source, 0, 0, count() FROM ${parquet.quarantine(topic)} GROUP BY source)
     GROUP BY source`,
    row,
  );
  return new Map(rows.map(({ source, ...landed }) => [source, landed]));
}
