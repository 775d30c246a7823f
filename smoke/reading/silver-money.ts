import { z } from "zod";
import { silverFacts } from "../../lake/tables";
import { Mismatch } from "../outcome";
import { accepted, arrivalOrder } from "./accepted";
import { batchOfRow } from "./batch-of-row";
import type { LakeUnderTest } from "./lake-under-test";
import { inSilver, type Progress } from "./progress";
import { count } from "./sql";

const sums = z.object({ currency: z.string(), kind: z.string(), status: z.string(), cents: count });

/** Proves that silver's amounts are bronze's to the cent, by currency, kind and status. Resolves with EUR sold. */
export async function silverMoney(lake: LakeUnderTest, progress: Progress): Promise<string> {
  const { bronzeThrough } = inSilver(progress);
  const silver = `${lake.parquet.silver(silverFacts.transaction_events)} WHERE bronze_batch <= ${bronzeThrough}`;
  const groups = "GROUP BY currency, kind, status ORDER BY currency, kind, status";
  const sent = await lake.sql.rows(
    `SELECT first.1 AS currency, first.2 AS kind, first.3 AS status, toInt64(sum(first.4) * 100) AS cents
     FROM (
       SELECT argMin(tuple(currency, kind, status, amount), ${arrivalOrder}) AS first
       FROM ${lake.parquet.bronze("transaction_events")}
       WHERE ${batchOfRow} <= ${bronzeThrough} AND ${accepted} GROUP BY event_id)
     ${groups}`,
    sums,
  );
  const kept = await lake.sql.rows(
    `SELECT currency, kind, status, toInt64(sum(original_amount) * 100) AS cents FROM ${silver} ${groups}`,
    sums,
  );
  const different = sent.find((row, index) => JSON.stringify(row) !== JSON.stringify(kept[index]));
  if (different || sent.length !== kept.length)
    throw new Mismatch({
      expected: different
        ? `${describe(different)} ${euros(different.cents)}, as in bronze`
        : `${sent.length} groups of currency, kind and status, as in bronze`,
      got: different ? amountIn(kept, different) : `${kept.length}`,
      look: `${lake.layout.table("silver", "fct_transactions")}`,
    });
  const { unconverted, sold } = await lake.sql.row(
    `SELECT countIf(abs(toFloat64(amount) - toFloat64(original_amount) * toFloat64(exchange_rate)) > 0.00501
         OR (currency = 'EUR' AND amount != original_amount)) AS unconverted,
       toInt64(sumIf(amount, kind = 'purchase' AND status = 'approved') * 100) AS sold FROM ${silver}`,
    z.object({ unconverted: count, sold: count }),
  );
  if (unconverted > 0)
    throw new Mismatch({
      expected: "amount to be original_amount times exchange_rate in every row of fct_transactions",
      got: `another amount in ${unconverted} rows`,
      look: "jobs/dbt, model fct_transactions, and the catalogue of exchange rates",
    });
  return `${euros(sold)} EUR sold`;
}

type Sum = z.infer<typeof sums>;

function describe({ currency, kind, status }: Sum): string {
  return `${status} ${kind} in ${currency}:`;
}

function amountIn(rows: readonly Sum[], { currency, kind, status }: Sum): string {
  const found = rows.find((row) => row.currency === currency && row.kind === kind && row.status === status);
  return found ? euros(found.cents) : "no such rows";
}

/** Cents as an amount with two decimals. */
export function euros(cents: number): string {
  return (cents / 100).toFixed(2);
}
