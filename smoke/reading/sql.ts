import { ClickHouseError, type ClickHouseClient, type ClickHouseSettings } from "@clickhouse/client";
import { z } from "zod";

/** A count is an Int64, which ClickHouse may quote. */
export const count = z.coerce.number();

const settings: ClickHouseSettings = {
  // A path's file may be replaced by another: a cached count may be that of the earlier file.
  use_cache_for_count_from_files: 0,
  input_format_parquet_allow_missing_columns: 0,
  date_time_output_format: "iso",
  print_pretty_type_names: 0,
  // The distinct events of a long history don't fit in memory: they are grouped on disk.
  max_bytes_before_external_group_by: "100000000",
};

/** The statements that the checks run on ClickHouse. */
export class Sql {
  constructor(
    private readonly client: ClickHouseClient,
    private readonly address: string,
  ) {}

  /** Rows of a SELECT, each validated with `row`. */
  async rows<S extends z.ZodType>(select: string, row: S): Promise<z.infer<S>[]> {
    try {
      const answer = await this.client.query({
        query: select,
        format: "JSONEachRow",
        clickhouse_settings: settings,
      });
      return z.array(row).parse(await answer.json());
    } catch (error) {
      if (error instanceof ClickHouseError || error instanceof z.ZodError) throw error;
      throw new Error(`ClickHouse at ${this.address} does not answer: ${(error as Error).message}`);
    }
  }

  /** The row of a SELECT that always has one, such as an aggregate. */
  async row<S extends z.ZodType>(select: string, row: S): Promise<z.infer<S>> {
    const [first] = await this.rows(select, row);
    if (first === undefined) throw new Error(`ClickHouse answered no row to: ${select.slice(0, 200)}`);
    return first;
  }
}
