import { RunningClickHouse, scratchFolder } from "../../testbed/running-clickhouse";

/** What every client must read from, or write to, the table `clients.notes`. */
export const expected: Readonly<Record<string, unknown>> = {
  version: expect.stringMatching(/^\d+(\.\d+){3}$/) as unknown,
  tables: ["notes"],
  columns: [
    "id UInt32",
    "text String",
    "at Nullable(DateTime64(6, 'UTC'))",
    "amount Decimal(18, 2)",
    "tags Array(String)",
    "kind LowCardinality(String)",
  ],
  rows: [
    [1, "it's é\n", "2020-01-02T03:04:05.000006Z", "1.25", ["a", "b"], "x"],
    [2, "", null, "-0.50", [], "y"],
  ],
  parameter: "it's é\n",
  many: [200_000, 19_999_900_000],
  /** UNKNOWN_TABLE */
  error: 60,
};

const columns = (expected.columns as string[]).join(", ");

/** A server with the table, which is created anew for each client. */
export class Notes {
  private constructor(
    readonly clickhouse: RunningClickHouse,
    private readonly folder: ReturnType<typeof scratchFolder>,
  ) {}

  static async start(): Promise<Notes> {
    const folder = scratchFolder();
    const clickhouse = await RunningClickHouse.start(folder.path, ["--native-port", "0"]);
    await clickhouse.text("CREATE DATABASE clients");
    return new Notes(clickhouse, folder);
  }

  get http(): string {
    return new URL(this.clickhouse.url).host;
  }

  get native(): string {
    const address = / and (\S+:\d+) after/.exec(this.clickhouse.stderr())?.[1];
    if (address === undefined) throw new Error(`No native port in: ${this.clickhouse.stderr()}`);
    return address;
  }

  async empty(): Promise<void> {
    await this.clickhouse.text(
      `CREATE OR REPLACE TABLE clients.notes (${columns}) ENGINE = MergeTree ORDER BY id`,
    );
  }

  async stop(): Promise<void> {
    await this.clickhouse.stop();
    this.folder.remove();
  }
}
