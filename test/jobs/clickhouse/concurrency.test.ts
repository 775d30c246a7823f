import { readFileSync } from "node:fs";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

const folder = scratchFolder();
let clickhouse: RunningClickHouse;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path, ["--sessions", "3"]);
}, 60_000);

afterAll(async () => {
  await clickhouse.stop();
  folder.remove();
});

const endless = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1";
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function running(): Promise<string[]> {
  const text = await clickhouse.text("SELECT query FROM system.processes WHERE query NOT LIKE '%processes%'");
  return text.split("\n").filter((line) => line !== "");
}

/** Resolves when no query runs any more; fails by the test's time limit. */
async function quiet(): Promise<void> {
  while ((await running()).length > 0) await pause(50);
}

test("/ping answers while every session is busy, and waiting queries get their turn", async () => {
  const order: string[] = [];
  const slow = Array.from({ length: 3 }, async () => {
    await clickhouse.text("SELECT sleep(1.5)");
    order.push("slow");
  });
  await pause(300);
  const waiting = clickhouse.text("SELECT 'waited'").then((text) => order.push(text.trim()));
  const pinged = fetch(`${clickhouse.url}/ping`).then(async (answer) => order.push(await answer.text()));
  await Promise.all([...slow, waiting, pinged]);
  expect(order[0]).toBe("Ok.\n");
  expect(order.slice(1).sort()).toEqual(["slow", "slow", "slow", "waited"]);
  expect(order[1]).toBe("slow");
});

test("a query does not wait for another", async () => {
  const order: string[] = [];
  await Promise.all([
    clickhouse.text("SELECT sleep(2)").then(() => order.push("slow")),
    pause(200)
      .then(() => clickhouse.text("SELECT 1"))
      .then(() => order.push("fast")),
  ]);
  expect(order).toEqual(["fast", "slow"]);
});

test("many clients each get their own parameters, settings and rows", async () => {
  const asked = Array.from({ length: 150 }, (_, index) => index);
  const answers = await Promise.all(
    asked.map((index) =>
      clickhouse.text(
        "SELECT {x:UInt32}, getSetting('max_block_size'), max(number) FROM numbers({x:UInt32} + 1)",
        {
          param_x: String(index),
          max_block_size: String(1000 + index),
        },
      ),
    ),
  );
  expect(answers).toEqual(asked.map((index) => `${index}\t${1000 + index}\t${index}\n`));
});

test.each(["before its first row", "in mid-stream", "while it waits"])(
  "a client that goes away %s ends its query",
  async (when) => {
    const gone = new AbortController();
    const others = when === "while it waits" ? [1, 2, 3].map(() => clickhouse.text("SELECT sleep(2)")) : [];
    await pause(200);
    const sql = when === "in mid-stream" ? "SELECT number FROM numbers(1000000000000)" : endless;
    const asked = clickhouse.post(sql, {}, { signal: gone.signal });
    if (when === "in mid-stream") expect((await asked).status).toBe(200);
    else await pause(500);
    gone.abort();
    if (when !== "in mid-stream") await expect(asked).rejects.toThrow("aborted");
    await Promise.all(others);
    await quiet();
    // All three sessions can be used again.
    expect(await Promise.all([1, 2, 3].map(() => clickhouse.text("SELECT 1")))).toEqual([
      "1\n",
      "1\n",
      "1\n",
    ]);
  },
  20_000,
);

test("a write whose client goes away goes on, and the server says how to find out what became of it", async () => {
  await clickhouse.text("CREATE TABLE slow (a UInt64) ENGINE = MergeTree ORDER BY a");
  const gone = new AbortController();
  const asked = clickhouse.post(
    "INSERT INTO slow SELECT number + sleepEachRow(0.1) FROM numbers(30) SETTINGS max_block_size = 5",
    { query_id: "left-alone" },
    { signal: gone.signal },
  );
  while ((await running()).length === 0) await pause(50);
  gone.abort();
  await expect(asked).rejects.toThrow("aborted");
  await quiet();
  const said = /What became of it: (SELECT .* WHERE query_id = 'left-alone' ORDER BY \w+)/.exec(
    clickhouse.stderr(),
  );
  await clickhouse.text("SYSTEM FLUSH LOGS");
  expect(await clickhouse.text(said?.[1] ?? "nothing was said")).toBe("QueryStart\t0\t\nQueryFinish\t30\t\n");
  expect(await clickhouse.text("SELECT count() FROM slow")).toBe("30\n");
});

test("KILL QUERY ends a query by the id that its client gave", async () => {
  const slow = clickhouse.post(endless, { query_id: "to-be-killed" });
  while ((await running()).length === 0) await pause(50);
  await clickhouse.text("KILL QUERY WHERE query_id = 'to-be-killed' ASYNC");
  expect(await (await slow).text()).toMatch(/^Code: 394\..*QUERY_WAS_CANCELLED/);
});

test("a result larger than what may be held streams, and a slow reader slows the query", async () => {
  const answer = await clickhouse.post("SELECT number, repeat('x', 100) FROM numbers(4000000)");
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  await pause(1500);
  const status = readFileSync(`/proc/${clickhouse.child.pid}/status`, "utf8");
  const residentMegabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  expect(residentMegabytes).toBeLessThan(650);
  let bytes = first.value?.length ?? 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
  expect(bytes).toBe(434_888_890);
}, 120_000);

test("what runs at the same time on one table is whole", async () => {
  await clickhouse.text("CREATE TABLE rows (a UInt32) ENGINE = MergeTree ORDER BY a");
  await clickhouse.text("CREATE TABLE staged AS rows");
  const insert = (table: string, from: number) =>
    clickhouse.text(`INSERT INTO ${table} SELECT ${from} + number FROM numbers(1000)`);
  await Promise.all(Array.from({ length: 20 }, (_, index) => insert("rows", index * 1000)));
  await insert("staged", 0);
  const counts = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      if (index % 4 === 0) await clickhouse.text("EXCHANGE TABLES rows AND staged");
      return clickhouse.text("SELECT count() FROM rows");
    }),
  );
  expect(new Set(counts)).toEqual(new Set(["20000\n", "1000\n"]));
});
