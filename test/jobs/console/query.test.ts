import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { query } from "chdb";
import { runParquetQuery } from "../../../console/parquet-query";
import { runQuery } from "../../../console/query";
import { limits } from "../../../console/read-only";
import { until } from "../../../local/jvm/until";
import { RunningClickHouse } from "../../../testbed/running-clickhouse";

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "console-query-"));
let engine: RunningClickHouse;
let client: ClickHouseClient;

beforeAll(async () => {
  engine = await RunningClickHouse.start(folder);
  client = createClient({
    url: engine.url,
    log: { level: ClickHouseLogLevel.OFF },
  });
}, 120_000);

afterAll(async () => {
  await client.close();
  engine.child.kill("SIGTERM");
  await engine.ended;
  rmSync(folder, { recursive: true, force: true });
});

const ask = (sql: string) => runQuery({ client, limits }, sql, new AbortController().signal);

test("columns have their names and types, and large numbers all their digits", async () => {
  const sql =
    "-- a comment\n(SELECT 1 AS one, 'é' AS text, toUInt64(18446744073709551615) AS big, nan AS none)";
  const { columns, rows, isCut } = await ask(sql);
  expect(columns).toEqual([
    { name: "one", type: "UInt8" },
    { name: "text", type: "String" },
    { name: "big", type: "UInt64" },
    { name: "none", type: "Float64" },
  ]);
  expect([rows, isCut]).toEqual([[[1, "é", "18446744073709551615", "nan"]], false]);
});

test("of very many rows the first 1,000 come, and it is said that there are more", async () => {
  const { rows, isCut } = await ask("SELECT number FROM numbers(10000000)");
  expect([rows.length, isCut]).toEqual([1_000, true]);
  const all = await ask("SELECT number FROM numbers(1000)");
  expect([all.rows.length, all.isCut]).toEqual([1_000, false]);
});

test("of very long values as many come as fit, each whole", async () => {
  const { rows, isCut } = await ask("SELECT repeat('é', 100000) AS long FROM numbers(200)");
  expect(isCut).toBe(true);
  expect(rows.length).toBeGreaterThan(5);
  expect(new Set(rows.map(([long]) => long))).toEqual(new Set(["é".repeat(100_000)]));
});

test.each([
  [
    "a cell of 200 MB",
    "SELECT arrayStringConcat(arrayMap(x -> repeat('x', 1000000), range(200)))",
    /memory limit/i,
  ],
  ["a write", "CREATE TABLE t (a Int8) ENGINE = Memory", /got 'CREATE', allowed: SELECT, WITH/],
  ["a write in a comment's disguise", "/* SELECT */ DROP DATABASE default", /got 'DROP', allowed/],
  ["an end to other people's queries", "KILL QUERY WHERE 1", /got 'KILL', allowed/],
  ["a write behind WITH", "WITH 1 AS x INSERT INTO FUNCTION null('a Int8') SELECT x", /./],
  ["no statement", "-- nothing", /got no statement, allowed/],
  ["two statements", "SELECT 1; SELECT 2", /Multi-statements are not allowed/],
  ["a limit of its own", "SELECT 1 SETTINGS max_execution_time = 0", /Cannot modify 'max_execution_time'/],
  ["a format", "SELECT 1 FORMAT PrettyCompact", /FORMAT PrettyCompact: got a format, allowed: none/],
  ["a file of the server", "SELECT * FROM file('/etc/passwd', 'CSV', 'a String')", /readonly mode/],
  ["another host", "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String')", /readonly mode/],
  ["a name that is not there", "SELECT nope", /Unknown expression identifier `nope`/],
  [
    "an error behind the first rows",
    "SELECT throwIf(sleepEachRow(0.002) + number = 800, 'late') FROM numbers(1000)",
    /late/,
  ],
])("%s is refused, and the reason is ClickHouse's or ours", async (_, sql, says) => {
  await expect(ask(sql)).rejects.toThrow(says);
});

test("a query that nobody waits for any more ends in ClickHouse, too", async () => {
  const stop = new AbortController();
  const slow = "SELECT count() FROM numbers(100000000000000) WHERE sipHash64(number) = 1";
  const asked = runQuery({ client, limits }, slow, stop.signal);
  const running = async () => {
    const { rows } = await ask(
      "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = 1%' AND query NOT LIKE '%processes%'",
    );
    return Number(rows[0]?.[0]);
  };
  await until(
    "the query",
    async () => ((await running()) === 1 ? undefined : "it does not run"),
    AbortSignal.timeout(60_000),
  );
  stop.abort();
  await expect(asked).rejects.toThrow("The query was cancelled.");
  await until(
    "its end",
    async () => ((await running()) === 0 ? undefined : "it runs"),
    AbortSignal.timeout(60_000),
  );
});

test("a ClickHouse that is away is said", async () => {
  const nobody = createClient({ url: "http://127.0.0.1:1", log: { level: ClickHouseLogLevel.OFF } });
  await expect(
    runQuery({ client: nobody, limits }, "SELECT 1", new AbortController().signal),
  ).rejects.toThrow(/^ClickHouse does not answer: .*ECONNREFUSED/);
  await nobody.close();
});

describe("a result as a Parquet file", () => {
  const file = (sql: string) => runParquetQuery({ client, limits }, sql, new AbortController().signal);

  test("has all rows, with the types that they have", async () => {
    const path = join(folder, "all.parquet");
    writeFileSync(path, await file("SELECT number AS n, toDate('2026-01-01') AS day FROM numbers(5000)"));
    const read = query(
      `SELECT count(), sum(n), any(day), toTypeName(any(n)) FROM file('${path}', 'Parquet')`,
      "CSV",
    );
    expect(read.trim()).toBe('5000,12497500,"2026-01-01","UInt64"');
  });

  test.each([
    ["a file of 40 MB", "SELECT randomString(1000) FROM numbers(40000)", /larger than 32 MB. Ask for fewer/],
    ["a write", "DROP DATABASE default", /got 'DROP', allowed/],
    ["another format", "SELECT 1 FORMAT CSV", /FORMAT CSV: got a format, allowed: none/],
    [
      "an error behind the first rows",
      "SELECT throwIf(sleepEachRow(0.002) + number = 800, 'late') FROM numbers(1000)",
      /late/,
    ],
  ])("%s is refused", async (_, sql, message) => {
    await expect(file(sql)).rejects.toThrow(message);
  });
});
