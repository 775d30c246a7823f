import { ChartEngine } from "./chart-engine";

jest.setTimeout(120_000);

const values = { backup: { enabled: true }, readerLimits: { seconds: 30 } };
const engines: ChartEngine[] = [];

/** The answers to the chart's user, one statement after the other. */
async function asked(user: "serve" | "reader" | "everything", ...statements: string[]): Promise<string[]> {
  const engine = await ChartEngine.as(user, values);
  engines.push(engine);
  return engine.run(...statements);
}

afterAll(() => {
  for (const engine of engines) engine.remove();
});

const refused = expect.stringMatching(/^Code: 497\..*Not enough privileges/) as string;

test("the server's settings are merged over its own, and taken", async () => {
  const [zone, disks, ratio] = await asked(
    "serve",
    "SELECT timezone()",
    "SELECT name FROM system.disks ORDER BY name",
    "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage_to_ram_ratio'",
  );
  expect(zone).toMatch(/UTC$/);
  expect(disks).toBe("backups\ndefault");
  expect(ratio).toBe("0.85");
});

test("serve has the rights that its migrations, a backup, a restore and a rehearsal need, and no others", async () => {
  const done = await asked(
    "serve",
    "CREATE DATABASE lake",
    "CREATE TABLE lake.t (a UInt8) ENGINE = MergeTree ORDER BY a",
    "CREATE TABLE lake.h (a UInt8) ENGINE = HDFS('hdfs://127.0.0.1:1/x/*.parquet', 'Parquet')",
    "CREATE VIEW lake.v AS SELECT name FROM system.tables",
    "INSERT INTO lake.t VALUES (1)",
    "BACKUP DATABASE lake TO Disk('backups', 'one') SETTINGS id = 'made'",
    "RENAME DATABASE lake TO lake_replaced",
    "RESTORE DATABASE lake FROM Disk('backups', 'one') SETTINGS id = 'restored'",
    "DROP DATABASE lake_replaced SYNC",
    "RESTORE DATABASE lake AS lake_rehearsal FROM Disk('backups', 'one') SETTINGS id = 'rehearsed'",
    "CHECK TABLE lake_rehearsal.t SETTINGS check_query_single_value_result = 1",
    "DROP DATABASE lake_rehearsal SYNC",
    "SELECT status FROM system.backups WHERE id = 'restored'",
    "SELECT count() FROM lake.t",
  );
  expect(done).toEqual([
    ...["", "", "", "", ""],
    ...["made\tBACKUP_CREATED", "", "restored\tRESTORED", "", "rehearsed\tRESTORED"],
    ...["1", "", "RESTORED", "1"],
  ]);
  expect(
    await asked(
      "serve",
      "CREATE DATABASE other",
      "CREATE USER other",
      "SYSTEM SHUTDOWN",
      "SYSTEM FLUSH LOGS",
    ),
  ).toEqual([refused, refused, refused, refused]);
});

test("the reader reads, and lifts none of its limits", async () => {
  const [limit, lifted, created, written, read] = await asked(
    "reader",
    "SELECT getSetting('max_execution_time')",
    "SELECT 1 SETTINGS max_execution_time = 1000",
    "CREATE DATABASE lake",
    "INSERT INTO FUNCTION hdfs('hdfs://127.0.0.1:1/lake/gold/x.csv', 'CSV', 'a UInt8') SELECT 1",
    "SELECT count() FROM system.one SETTINGS max_threads = 1",
  );
  expect(limit).toBe("30");
  expect(lifted).toMatch(/Setting max_execution_time should not be changed/);
  expect([created, written]).toEqual([refused, refused]);
  expect(read).toBe("1");
});

test("the engine knows every table of its own that the chart gives a life or turns off", async () => {
  const { server } = await ChartEngine.filesOf(values);
  const names = [...server.matchAll(/<(\w+_log|dead_letter_queue)(?: remove="remove"\/>|><ttl>)/g)].map(
    ([, name = ""]) => name,
  );
  expect(names.length).toBeGreaterThan(20);
  const answers = await asked("everything", ...names.map((name) => `SYSTEM FLUSH LOGS ${name}`));
  // Only older or newer versions than the engine's have these.
  expect(names.filter((_, index) => answers[index] !== "").toSorted()).toEqual([
    "bucketed_metric_log",
    "histogram_metric_log",
    "latency_log",
  ]);
});
