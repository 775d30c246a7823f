import { execFileSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => (folder = scratchFolder()));
afterEach(async () => {
  await RunningClickHouse.killAll();
  folder.remove();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function refused(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
  const { code, stderr } = await RunningClickHouse.launch(args, env).ended;
  expect(code).toBe(1);
  return stderr.trim();
}

test("what was committed is there after kill -9 and after an ordinary end", async () => {
  const first = await RunningClickHouse.start(folder.path);
  await first.text("CREATE DATABASE lake");
  await first.text("CREATE TABLE lake.t (a UInt32) ENGINE = MergeTree ORDER BY a");
  await first.text("INSERT INTO lake.t SELECT number FROM numbers(1000)");
  await first.text("INSERT INTO lake.t FORMAT CSV\n5000\n");
  const cut = first
    .post("INSERT INTO lake.t SELECT number + sleepEachRow(0.01) FROM numbers(10000)")
    .catch(() => undefined);
  await pause(500);
  expect((await first.stop("SIGKILL")).signal).toBe("SIGKILL");
  await cut;

  const second = await RunningClickHouse.start(folder.path);
  expect(await second.text("SELECT count(), max(a) FROM lake.t")).toBe("1001\t5000\n");
  await second.text("INSERT INTO lake.t VALUES (6000)");
  expect((await second.stop()).code).toBe(0);

  const third = await RunningClickHouse.start(folder.path);
  expect(await third.text("SELECT count(), max(a) FROM lake.t")).toBe("1002\t6000\n");
  await third.stop();
}, 60_000);

test("what the engine alone wrote is there, too, as of the time before it had a server", async () => {
  const script = `
    const { Session } = require("chdb");
    const session = new Session(process.argv[1] + "/engine");
    session.query("CREATE DATABASE lake");
    session.query("CREATE TABLE lake.t (a UInt32) ENGINE = MergeTree ORDER BY a");
    session.query("INSERT INTO lake.t SELECT number FROM numbers(1000)");
    session.query("CREATE TABLE d (a UInt32) ENGINE = MergeTree ORDER BY a");
    session.query("INSERT INTO d VALUES (7)");
    session.close();`;
  execFileSync(process.execPath, ["-e", script, folder.path], { cwd: join(__dirname, "../../..") });
  const clickhouse = await RunningClickHouse.start(folder.path);
  expect(await clickhouse.text("SELECT count() FROM lake.t")).toBe("1000\n");
  expect(await clickhouse.text("SELECT * FROM d")).toBe("7\n");
  await clickhouse.stop();
}, 60_000);

test("a second process on the directory is refused in one line that names the first", async () => {
  const first = await RunningClickHouse.start(folder.path);
  // The engine itself prints a line before it.
  const message = (await refused(["--data", folder.path, "--port", "0"])).split("\n").at(-1);
  expect(message).toContain(`is held by process ${first.child.pid}`);
  expect(await first.text("SELECT 1")).toBe("1\n");
  // The second process's use of the directory did not harm the first.
  expect((await first.stop()).code).toBe(0);
}, 60_000);

test("a taken port is refused in one line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  expect(await refused(["--data", folder.path, "--port", String(port)])).toBe(
    `Cannot listen on 127.0.0.1:${port}: the port is taken: give another with --port`,
  );
  other.close();
}, 60_000);

test.each([
  [["--port", "70000"], "from 0 to 65535"],
  [["--sessions", "0"], "from 1 to 64"],
  [["--sessions", "many"], "from 1 to 64"],
  [["--memory", "1"], "from 64 to"],
  [["--native-port", "-1"], "from 0 to 65535"],
  [["--user", "default"], "but not default or attendant"],
  [["--reader", "<x>"], "A letter or _"],
  [["--nosuch"], "unknown option"],
])("%j is refused with what is allowed", async (args, allowed) => {
  expect(await refused(["--data", folder.path, ...args])).toContain(allowed);
});

test("a path that the engine would read as a pattern is refused", async () => {
  expect(await refused(["--data", `${folder.path}/{a}`])).toContain("may be in the path");
});

test("SIGTERM lets a running query end, takes no more, and ends with 0", async () => {
  const clickhouse = await RunningClickHouse.start(folder.path);
  const slow = clickhouse.text("SELECT sleep(2)");
  await pause(300);
  clickhouse.child.kill("SIGTERM");
  await pause(200);
  await expect(clickhouse.text("SELECT 1")).rejects.toThrow("fetch failed");
  expect(await slow).toBe("0\n");
  expect((await clickhouse.ended).code).toBe(0);
}, 60_000);

test("SIGTERM kills what does not end", async () => {
  const clickhouse = await RunningClickHouse.start(folder.path);
  const endless = clickhouse.text("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1");
  const failed = expect(endless).rejects.toThrow();
  await pause(300);
  expect((await clickhouse.stop()).code).toBe(0);
  await failed;
}, 60_000);

test("a password is asked for when there is one", async () => {
  const clickhouse = await RunningClickHouse.start(folder.path, ["--user", "lake", "--password", "s'1"]);
  const tables = "SELECT name FROM system.tables WHERE database = 'lake'";
  const ask = async (
    sql: string,
    headers: Record<string, string>,
    parameters: Record<string, string> = {},
  ) => {
    const answer = await clickhouse.post(sql, parameters, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  const headers = { "X-ClickHouse-User": "lake", "X-ClickHouse-Key": "s'1" };
  await ask("CREATE DATABASE lake", headers);
  await ask("CREATE TABLE lake.t (a Int8) ENGINE = MergeTree ORDER BY a", headers);
  expect(await ask(tables, headers)).toEqual({ status: 200, text: "t\n" });
  expect(await ask(tables, basic("lake:s'1"))).toEqual({ status: 200, text: "t\n" });
  expect(await ask(tables, {}, { user: "lake", password: "s'1" })).toEqual({ status: 200, text: "t\n" });
  for (const wrong of [basic("lake:"), basic("nobody:s'1"), { "X-ClickHouse-User": "attendant" }])
    expect((await ask(tables, wrong)).status).toBe(403);
  for (const none of [{}, basic("default:s'1")]) {
    expect((await ask(tables, none)).text).toBe("");
    expect((await ask("SELECT * FROM lake.t", none)).text).toMatch(/^Code: 497\./);
  }
  expect((await fetch(`${clickhouse.url}/ping`)).status).toBe(200);
  await clickhouse.stop();
}, 60_000);
