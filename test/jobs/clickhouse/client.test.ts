import { Readable } from "node:stream";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

const folder = scratchFolder();
let clickhouse: RunningClickHouse;
let client: ClickHouseClient;
let compressing: ClickHouseClient;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path);
  // The client logs each error it throws.
  const log = { level: ClickHouseLogLevel.OFF };
  client = createClient({ url: clickhouse.url, log });
  compressing = createClient({ url: clickhouse.url, log, compression: { request: true, response: true } });
}, 60_000);

afterAll(async () => {
  await client.close();
  await compressing.close();
  await clickhouse.stop();
  folder.remove();
});

async function rows<T>(sql: string, from = client): Promise<T[]> {
  return (await from.query({ query: sql, format: "JSONEachRow" })).json<T>();
}

test("ping, by path and by query", async () => {
  expect(await client.ping()).toMatchObject({ success: true });
  expect(await client.ping({ select: true })).toMatchObject({ success: true });
});

test.each(["plain", "compressing"])("rows go in and come out, %s", async (which) => {
  const using = which === "plain" ? client : compressing;
  const table = `rows_${which}`;
  await using.command({ query: `CREATE TABLE ${table} (a UInt64, b String) ENGINE = MergeTree ORDER BY a` });
  const values = Array.from({ length: 5_000 }, (_, a) => ({ a, b: `it's\t\n\\é ${a}` }));
  const inserted = await using.insert({ table, values: Readable.from(values), format: "JSONEachRow" });
  expect(inserted.summary?.written_rows).toBe("5000");
  await using.insert({ table, values: [[5_000, "last"]], format: "JSONCompactEachRow", columns: ["a", "b"] });
  const read: unknown[] = [];
  const result = await using.query({ query: `SELECT * FROM ${table} ORDER BY a`, format: "JSONEachRow" });
  for await (const chunk of result.stream()) read.push(...chunk.map((row) => row.json()));
  expect(read).toEqual([...values, { a: 5_000, b: "last" }]);
});

test("exec streams in and out", async () => {
  await client.command({ query: "CREATE TABLE exec (a UInt8) ENGINE = Memory" });
  const values = Readable.from(["1\n", "2\n"], { objectMode: false });
  const insert = await client.exec({ query: "INSERT INTO exec FORMAT CSV", values });
  insert.stream.resume();
  const { stream } = await client.exec({ query: "SELECT a FROM exec ORDER BY a FORMAT CSV" });
  expect(Buffer.concat(await stream.toArray()).toString()).toBe("1\n2\n");
});

test("query parameters of every kind", async () => {
  const result = await client.query({
    query:
      "SELECT {s:String} AS s, {a:Array(String)} AS a, {d:Nullable(String)} AS d, {t:DateTime} AS t, {m:Map(String, UInt8)} AS m, {b:Bool} AS b, toString({n:UInt64}) AS n, dummy AS {i:Identifier} FROM system.one",
    format: "JSONEachRow",
    query_params: {
      s: "it's \t\n\\ é",
      a: ["x'y", "t\ta", "b\\s"],
      d: null,
      t: new Date(0),
      m: { k: 1 },
      b: true,
      n: "18446744073709551615",
      i: "named",
    },
  });
  expect(await result.json()).toEqual([
    {
      s: "it's \t\n\\ é",
      a: ["x'y", "t\ta", "b\\s"],
      d: null,
      t: "1970-01-01 00:00:00",
      m: { k: 1 },
      b: true,
      n: "18446744073709551615",
      named: 0,
    },
  ]);
});

test("errors carry ClickHouse's code and type", async () => {
  await expect(rows("SELECT * FROM nosuch")).rejects.toMatchObject({ code: "60", type: "UNKNOWN_TABLE" });
  await expect(client.command({ query: "selec 1" })).rejects.toMatchObject({
    code: "62",
    type: "SYNTAX_ERROR",
  });
  await client.command({ query: "CREATE TABLE strict (a UInt8) ENGINE = Memory" });
  const bad = client.insert({ table: "strict", values: [{ a: 1 }, { a: "x" }], format: "JSONEachRow" });
  await expect(bad).rejects.toMatchObject({ code: "27" });
  expect(await rows("SELECT * FROM strict")).toEqual([]);
});

test("an error in mid-stream is thrown where the rows are read", async () => {
  const sql = "SELECT number, throwIf(number = 190000, 'boom') FROM numbers(200000)";
  await expect(rows(sql)).rejects.toMatchObject({ code: "395" });
  await expect(rows(sql, compressing)).rejects.toThrow();
});

test("one connection serves query after query", async () => {
  const one = createClient({
    url: clickhouse.url,
    max_open_connections: 1,
    log: { level: ClickHouseLogLevel.OFF },
  });
  for (let turn = 0; turn < 30; turn++) {
    await one.query({ query: turn % 3 === 0 ? "selec 1" : "SELECT 1" }).then(
      (result) => result.text(),
      () => undefined,
    );
  }
  expect(await rows("SELECT 1 AS x", one)).toEqual([{ x: 1 }]);
  await one.close();
});

test("the statements that publishing gold needs", async () => {
  const run = (query: string) => client.command({ query });
  const columns = "(event_date Date, merchant_id String, total_amount Float64)";
  const engine = "ENGINE = MergeTree PARTITION BY event_date ORDER BY merchant_id";
  await run("CREATE DATABASE lake");
  await run(`CREATE TABLE lake.facts ${columns} ${engine}`);
  await run("INSERT INTO lake.facts VALUES ('2026-06-01', 'a', 1), ('2026-06-02', 'a', 2)");
  await run(`CREATE TABLE lake.staging ${columns} ${engine}`);
  await run("INSERT INTO lake.staging VALUES ('2026-06-01', 'a', 10)");
  await run("CREATE TABLE lake.next CLONE AS lake.facts");
  await run("ALTER TABLE lake.next REPLACE PARTITION '2026-06-01' FROM lake.staging");
  await run("EXCHANGE TABLES lake.facts AND lake.next");
  await run("DROP TABLE lake.next SYNC");
  expect(await rows("SELECT total_amount FROM lake.facts ORDER BY event_date")).toEqual([
    { total_amount: 10 },
    { total_amount: 2 },
  ]);
  expect(await rows("SELECT name FROM system.tables WHERE database = 'lake' ORDER BY name")).toEqual([
    { name: "facts" },
    { name: "staging" },
  ]);
  const limited = client.query({ query: "SELECT sleep(3) SETTINGS max_execution_time = 1" });
  await expect(limited).rejects.toMatchObject({ code: "159", type: "TIMEOUT_EXCEEDED" });
});
