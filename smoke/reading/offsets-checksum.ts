import { z } from "zod";
import type { OffsetRange } from "../../lake/records";
import type { LakeUnderTest } from "./lake-under-test";

/** How many ranges fit in one query. */
export const rangesAtOnce = 2_000;

/** The sum of the hashes of a range's offsets, without those that hold no row. */
export async function offsetsChecksum(
  { sql }: LakeUnderTest,
  { from, until }: OffsetRange,
  empty: readonly OffsetRange[],
): Promise<string> {
  const sumOf = async (offsets: string) => {
    const { checksum } = await sql.row(
      `SELECT toString(sum(cityHash64(toInt64(offset)))) AS checksum FROM (${offsets})`,
      z.object({ checksum: z.string() }),
    );
    return BigInt(checksum);
  };
  let checksum = await sumOf(`SELECT number AS offset FROM numbers(${from}, ${until - from})`);
  for (let at = 0; at < empty.length; at += rangesAtOnce)
    checksum -= await sumOf(
      `SELECT arrayJoin(range(toUInt64(part.1), toUInt64(part.2))) AS offset
       FROM (SELECT arrayJoin([${pairs(empty.slice(at, at + rangesAtOnce))}]) AS part)`,
    );
  return BigInt.asUintN(64, checksum).toString();
}

/** Ranges as ClickHouse tuples, separated by commas. */
export function pairs(ranges: readonly OffsetRange[]): string {
  return ranges.map(({ from, until }) => `(${from}, ${until})`).join(", ");
}
