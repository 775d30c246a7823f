import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunningClickHouse } from "../../../testbed/running-clickhouse";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "clickhouse-"));
const passwords = { CLICKHOUSE_PASSWORD: "writes", CLICKHOUSE_READER_PASSWORD: "reads" };
let clickhouse: RunningClickHouse;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(join(folder, "data"), ["--user", "serve"], passwords);
  await as("serve", "writes", "CREATE TABLE t (a Int32) ENGINE = MergeTree ORDER BY a");
  await as("serve", "writes", "INSERT INTO t VALUES (42)");
});

afterAll(async () => {
  await RunningClickHouse.killAll();
  rmSync(folder, { recursive: true, force: true });
});

async function as(user: string, key: string, sql: string, parameters: Record<string, string> = {}) {
  const headers = { "X-ClickHouse-User": user, "X-ClickHouse-Key": key };
  const answer = await clickhouse.post(sql, parameters, { headers });
  return { status: answer.status, text: await answer.text() };
}

test("both read", async () => {
  const rows = { status: 200, text: "42\n" };
  expect(await as("serve", "writes", "SELECT a FROM t")).toEqual(rows);
  expect(await as("reader", "reads", "SELECT a FROM t")).toEqual(rows);
});

test.each([
  ["another's password", "reader", "writes"],
  ["no password", "reader", ""],
  ["a user who is not known", "nobody", "reads"],
])("%s is refused", async (_, user, key) => {
  expect(await as(user, key, "SELECT 1")).toEqual({
    status: 403,
    text: expect.stringMatching(/^Code: 516\./) as string,
  });
});

test.each([
  ["INSERT", "INSERT INTO t VALUES (1)", {}],
  ["DROP", "DROP TABLE t", {}],
  ["taking back that they only read", "INSERT INTO t SETTINGS readonly = 0 VALUES (1)", {}],
  ["the same with the request", "INSERT INTO t VALUES (1)", { readonly: "0" }],
  ["INSERT in a session", "INSERT INTO t VALUES (1)", { session_id: "s" }],
])("the reader is refused %s", async (_, sql, parameters) => {
  const { status, text } = await as("reader", "reads", sql, parameters);
  expect(text).toMatch(/^Code: (164|497)\..*(readonly|Not enough privileges)/i);
  expect(status).toBeGreaterThanOrEqual(400);
  expect((await as("serve", "writes", "SELECT a FROM t")).text).toBe("42\n");
});

test.each([
  ["files of the server", "SELECT * FROM file('/etc/hostname', 'LineAsString')"],
  ["the same as a table", "SELECT * FROM default.`/etc/hostname`"],
  ["other servers", "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')"],
  ["what others ask", "SELECT query FROM system.query_log"],
])("the reader is refused %s", async (_, sql) => {
  await as("serve", "writes", "SYSTEM FLUSH LOGS");
  expect((await as("reader", "reads", sql)).text).toMatch(/^Code: 497\./);
});

test.each([
  ["tables", "SELECT a FROM t"],
  ["files", "SELECT * FROM file('/etc/hostname', 'LineAsString')"],
  ["a table of its own", "CREATE TABLE mine (a Int8) ENGINE = Memory"],
])("the engine's own user, who has no password, is refused %s", async (_, sql) => {
  expect((await as("default", "", sql)).text).toMatch(/^Code: 497\./);
});

test("the reader may give settings with a query", async () => {
  const { text } = await as("reader", "reads", "SELECT getSetting('max_threads')", { max_threads: "1" });
  expect(text).toBe("1\n");
});

test("a reader's password without one of who may write does not start", async () => {
  const { ended } = RunningClickHouse.launch(["--data", join(folder, "other"), "--port", "0"], {
    CLICKHOUSE_PASSWORD: "",
    CLICKHOUSE_READER_PASSWORD: "reads",
  });
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/no password of serve, who may write: set CLICKHOUSE_PASSWORD/);
});
