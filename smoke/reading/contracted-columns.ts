import { z } from "zod";
import { eventTopics } from "../../lake/events";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";
import { bronzeColumns, quarantineColumns } from "./parquet";
import { count } from "./sql";

/** The type without what Parquet does not tell: whether null is allowed, and the precision of a time. */
function bare(type: string): string {
  return type
    .replace(/DateTime64\(\d+(, '[^']*')?\)/g, "DateTime64")
    .replace(/Nullable\(([^()]*(?:\([^()]*\))?[^()]*)\)/g, "$1");
}

/** Proves that a layer's files have the contract's columns and no others. Resolves with the number of columns. */
export async function columnsAsContracted(
  { sql, parquet, layout }: LakeUnderTest,
  layer: "bronze" | "quarantine",
): Promise<string> {
  let columns = 0;
  for (const topic of eventTopics) {
    const declared = layer === "bronze" ? bronzeColumns(topic) : quarantineColumns;
    const { files } = await sql.row(
      `SELECT uniqExact(_path) AS files FROM ${parquet[layer](topic)}`,
      z.object({ files: count }),
    );
    if (files === 0) continue;
    const found = await sql.rows(
      `DESCRIBE TABLE ${parquet.undeclared(layer, topic)}`,
      z.object({ name: z.string(), type: z.string() }),
    );
    // ClickHouse also reads the folders' names as columns.
    const held = new Map(
      found.filter(({ name }) => name !== "date" && name !== "hour").map((c) => [c.name, c.type]),
    );
    const wrong = [
      ...Object.entries(declared).flatMap(([name, type]) => {
        const got = held.get(name);
        if (got === undefined) return [`${name} is missing`];
        return bare(got) === bare(type) ? [] : [`${name} is ${got}, not ${type}`];
      }),
      ...[...held.keys()]
        .filter((name) => !(name in declared))
        .map((name) => `${name} is not in the contract`),
    ];
    if (wrong.length > 0)
      throw new Mismatch({
        expected: `${layer} of ${topic} to have the columns that lake/ gives it`,
        got: wrong.join(", "),
        look: `the files under ${layout.raw(layer, topic)}`,
      });
    columns += held.size;
  }
  return `${columns} columns`;
}
