import { createServer, type AddressInfo } from "node:net";
import { RunningClickHouse, scratchFolder } from "./running-clickhouse";

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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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

test("a second process on the directory is refused in one line that names the first", async () => {
  const first = await RunningClickHouse.start(folder.path);
  // The engine itself has a line to say before.
  const message = (await refused(["--data", folder.path, "--port", "0"])).split("\n").at(-1);
  expect(message).toContain(`is held by process ${first.child.pid}`);
  expect(await first.text("SELECT 1")).toBe("1\n");
  await first.stop();
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

test("without enough threads it makes itself a child that has them, and that does not outlive it", async () => {
  const clickhouse = await RunningClickHouse.start(folder.path, ["--sessions", "5"], {
    UV_THREADPOOL_SIZE: "4",
  });
  const started = Date.now();
  await Promise.all(Array.from({ length: 5 }, () => clickhouse.text("SELECT sleep(2)")));
  expect(Date.now() - started).toBeLessThan(3_900);
  const status = await clickhouse.text("SELECT 1");
  expect(status).toBe("1\n");
  const pid = Number(
    /PID: (\d+)/.exec(
      await clickhouse.text(`SELECT * FROM file('${folder.path}/engine/status', 'RawBLOB')`),
    )?.[1],
  );
  expect(pid).not.toBe(clickhouse.child.pid);
  await clickhouse.stop("SIGKILL");
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await pause(50);
  expect(isAlive(pid)).toBe(false);
}, 60_000);

test("a password is asked for when there is one", async () => {
  const clickhouse = await RunningClickHouse.start(folder.path, ["--user", "lake", "--password", "s'1"]);
  const ask = async (headers: Record<string, string>, parameters: Record<string, string> = {}) =>
    (await clickhouse.post("SELECT 1", parameters, { headers })).status;
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  expect(await ask(basic("lake:s'1"))).toBe(200);
  expect(await ask({ "X-ClickHouse-User": "lake", "X-ClickHouse-Key": "s'1" })).toBe(200);
  expect(await ask({}, { user: "lake", password: "s'1" })).toBe(200);
  for (const wrong of [
    {},
    basic("lake:"),
    basic("default:s'1"),
    { Authorization: "Basic ?" },
    { Authorization: "Bearer x" },
  ]) {
    expect(await ask(wrong)).toBe(403);
  }
  expect((await fetch(`${clickhouse.url}/ping`)).status).toBe(200);
  await clickhouse.stop();
}, 60_000);
