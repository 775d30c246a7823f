import type { ClickHouseClient, ClickHouseSettings } from "@clickhouse/client";
import { z } from "zod";

/** Runs serve's statements on ClickHouse. What ClickHouse refuses is a `ClickHouseError` with ClickHouse's own code. */
export class Engine {
  /** @param stop aborts every statement that this engine is waiting for. */
  constructor(
    private readonly client: ClickHouseClient,
    private readonly stop?: AbortSignal,
  ) {}

  /** Runs a statement that returns no rows. `parameters` fill `{name:Type}`. */
  async run(
    statement: string,
    settings: ClickHouseSettings = {},
    parameters: Record<string, unknown> = {},
  ): Promise<void> {
    await this.client.command({
      query: statement,
      clickhouse_settings: settings,
      query_params: parameters,
      ...(this.stop && { abort_signal: this.stop }),
    });
  }

  /** Rows of a SELECT, each validated with `row`. */
  async rows<S extends z.ZodType>(
    select: string,
    row: S,
    settings: ClickHouseSettings = {},
  ): Promise<z.infer<S>[]> {
    const answer = await this.client.query({
      query: select,
      format: "JSONEachRow",
      clickhouse_settings: settings,
      ...(this.stop && { abort_signal: this.stop }),
    });
    return z.array(row).parse(await answer.json());
  }
}
