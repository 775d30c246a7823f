import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

const folder = scratchFolder();
let clickhouse: RunningClickHouse;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path);
  await clickhouse.text("CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a");
}, 60_000);

afterAll(async () => {
  await clickhouse.stop();
  folder.remove();
});

const insert = { query: "INSERT INTO t FORMAT JSONEachRow" };
const gzip = { headers: { "Content-Encoding": "gzip" } };

test.each<[string, number, number, string, string | Buffer, Record<string, string>, RequestInit]>([
  ["a syntax error", 400, 62, "SYNTAX_ERROR", "SELEC 1", {}, {}],
  ["a syntax error in a SELECT", 400, 62, "SYNTAX_ERROR", "SELECT 1 FROM", {}, {}],
  ["nothing", 400, 62, "SYNTAX_ERROR", "", {}, {}],
  ["two statements", 400, 62, "SYNTAX_ERROR", "SELECT 1; DROP TABLE t", {}, {}],
  ["an unknown table", 404, 60, "UNKNOWN_TABLE", "SELECT * FROM nosuch", {}, {}],
  ["an unknown column", 404, 47, "UNKNOWN_IDENTIFIER", "SELECT nosuch FROM t", {}, {}],
  ["an unknown function", 404, 46, "UNKNOWN_FUNCTION", "SELECT nosuch(1)", {}, {}],
  ["an unknown database", 404, 81, "UNKNOWN_DATABASE", "SELECT 1", { database: "nosuch" }, {}],
  ["an unknown setting", 404, 115, "UNKNOWN_SETTING", "SELECT 1", { nosuch: "1" }, {}],
  ["SQL as a setting", 404, 115, "UNKNOWN_SETTING", "SELECT 1", { "max_threads = 1; DROP TABLE t": "1" }, {}],
  ["an unknown format", 404, 73, "UNKNOWN_FORMAT", "SELECT 1 FORMAT NoSuch", {}, {}],
  ["an unknown default format", 404, 73, "UNKNOWN_FORMAT", "SELECT 1", { default_format: "NoSuch" }, {}],
  ["a missing parameter", 500, 456, "UNKNOWN_QUERY_PARAMETER", "SELECT {p:String}", {}, {}],
  [
    "an error after rows that are held back until the end",
    500,
    395,
    "FUNCTION_THROW_IF",
    "SELECT throwIf(number = 70000) FROM numbers(100000)",
    { wait_end_of_query: "1" },
    {},
  ],
  ["too little time", 408, 159, "TIMEOUT_EXCEEDED", "SELECT sleep(3)", { max_execution_time: "1" }, {}],
  [
    "too little memory",
    500,
    241,
    "MEMORY_LIMIT_EXCEEDED",
    "SELECT groupArray(repeat('x', 1000000)) FROM numbers(2000)",
    {},
    {},
  ],
  ["too much SQL", 400, 62, "SYNTAX_ERROR", `SELECT '${"x".repeat(300_000)}'`, {}, {}],
  [
    "a session time out that is none",
    500,
    374,
    "INVALID_SESSION_TIMEOUT",
    "SELECT 1",
    { session_id: "s", session_timeout: "1e9" },
    {},
  ],
  ["SQL that is not gzip", 500, 354, "ZLIB_INFLATE_FAILED", "SELECT 1", {}, gzip],
  ["data that is not gzip", 500, 354, "ZLIB_INFLATE_FAILED", '{"a":1}', insert, gzip],
  [
    "gzip cut short",
    500,
    354,
    "ZLIB_INFLATE_FAILED",
    gzipSync('{"a":1}'.repeat(1000)).subarray(0, -9),
    insert,
    gzip,
  ],
  [
    "an unknown compression",
    501,
    48,
    "NOT_IMPLEMENTED",
    '{"a":1}',
    insert,
    { headers: { "Content-Encoding": "rot13" } },
  ],
  ["data of another type", 400, 27, "CANNOT_PARSE_INPUT", '{"a":1}\n{"a":"x"}', insert, {}],
  [
    "data for no table",
    404,
    60,
    "UNKNOWN_TABLE",
    '{"a":1}',
    { query: "INSERT INTO nosuch FORMAT JSONEachRow" },
    {},
  ],
  ["data in no format", 404, 73, "UNKNOWN_FORMAT", '{"a":1}', { query: "INSERT INTO t FORMAT NoSuch" }, {}],
])("%s: HTTP %d, code %d, and nothing is inserted", async (_, status, code, type, body, parameters, init) => {
  const answer = await clickhouse.post(body, parameters, init);
  const text = await answer.text();
  expect(text).toMatch(
    new RegExp(`^Code: ${code}\\. DB::Exception: [^]*\\(${type}[A-Z_]*\\)( \\(version [\\d.]+\\))?\\n$`),
  );
  expect(text).not.toContain(folder.path);
  expect([answer.status, answer.headers.get("x-clickhouse-exception-code")]).toEqual([status, String(code)]);
  expect(await clickhouse.text("SELECT count() FROM t")).toBe("0\n");
});

test("the error quotes the client's SQL", async () => {
  expect(await (await clickhouse.post("SELECT 1 FORMAT TSV FORMAT JSON")).text()).not.toContain("OUTFILE");
});

test.each(["CREATE TABLE u (a Int8) ENGINE = Memory", "INSERT INTO t VALUES (1)", "DROP TABLE t"])(
  "GET and readonly=1 do not run %s",
  async (sql) => {
    const answers = [
      await fetch(`${clickhouse.url}/?query=${encodeURIComponent(sql)}`),
      await clickhouse.post(sql, { readonly: "1" }),
    ];
    for (const answer of answers) expect(await answer.text()).toMatch(/^Code: 164\..*\(READONLY\)/);
    expect(await clickhouse.text("SELECT count() FROM t")).toBe("0\n");
  },
);

test("an error in mid-stream cuts the connection", async () => {
  const answer = await clickhouse.post(
    "SELECT number, throwIf(number = 2500000, 'boom') FROM numbers(3000000)",
  );
  expect([answer.status, answer.headers.get("x-clickhouse-exception-tag")]).toEqual([
    200,
    expect.stringMatching(/^[a-z]{16}$/),
  ]);
  await expect(answer.text()).rejects.toThrow("terminated");
});

test("wait_end_of_query turns it into an ordinary error", async () => {
  const sql = "SELECT number, throwIf(number = 2500000) FROM numbers(3000000)";
  const answer = await clickhouse.post(sql, { wait_end_of_query: "1" });
  expect([answer.status, (await answer.text()).slice(0, 9)]).toEqual([500, "Code: 395"]);
  expect(
    await clickhouse.text("SELECT number FROM numbers(3000000)", { wait_end_of_query: "1" }),
  ).toHaveLength(22_888_890);
});

test("a body that breaks off inserts nothing", async () => {
  const { hostname, port } = new URL(clickhouse.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /?query=${encodeURIComponent(insert.query)} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"a":1}\n{"a":2}\n`,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await clickhouse.text("SELECT count() FROM t")).toBe("0\n");
});

test("a query id is one running query's", async () => {
  const slow = clickhouse.text("SELECT sleep(1)", { query_id: "same" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const second = await clickhouse.post("SELECT 1", { query_id: "same" });
  expect(await second.text()).toMatch(/^Code: 216\./);
  await slow;
});

test("an unknown path is not found", async () => {
  expect((await fetch(`${clickhouse.url}/nosuch`)).status).toBe(404);
});

test("without a password everybody is default, whatever their password", async () => {
  const ask = async (user: string, key: string) => {
    const headers = { "X-ClickHouse-User": user, "X-ClickHouse-Key": key };
    return (await clickhouse.post("SELECT 1", {}, { headers })).status;
  };
  expect([await ask("default", ""), await ask("default", "x"), await ask("someone", "")]).toEqual([
    200, 200, 403,
  ]);
});
