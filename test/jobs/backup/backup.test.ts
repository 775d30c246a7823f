import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Executed } from "../../../deploy/execute";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";
import { runBackup } from "./backup-process";

jest.setTimeout(120_000);

const scratch = scratchFolder();
const folder = join(scratch.path, "backups");
let clickhouse: RunningClickHouse;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(join(scratch.path, "clickhouse"), ["--backups", folder]);
}, 60_000);

afterAll(async () => {
  await clickhouse.stop();
  scratch.remove();
});

const backup = (...task: string[]): Promise<Executed> => runBackup(clickhouse.url, folder, ...task);
const ask = async (sql: string): Promise<string> => (await clickhouse.text(sql)).trim();
const copies = () => readdirSync(folder).sort();

/** Makes a backup. @returns its name */
async function made(keep = 9): Promise<string> {
  // Backups are named by the second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const { code, stdout, stderr } = await backup("make", "--keep", String(keep));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return /^(lake-\d{8}T\d{6}Z): [\d.]+ MB$/m.exec(stdout)?.[1] ?? stdout;
}

async function refusal(...task: string[]): Promise<string> {
  const before = await content();
  const { code, stderr } = await backup(...task);
  expect(code).toBe(1);
  expect(await content()).toBe(before);
  return stderr.trim();
}

/** The databases, and the content of the lake's tables. */
async function content(): Promise<string> {
  const databases = await ask("SELECT name FROM system.databases WHERE name LIKE 'lake%' ORDER BY name");
  const rows = await ask("SELECT name, total_rows FROM system.tables WHERE database = 'lake' ORDER BY name");
  return `${databases}\n${rows}`;
}

beforeEach(async () => {
  for (const database of ["lake", "lake_replaced", "lake_rehearsal"])
    await clickhouse.text(`DROP DATABASE IF EXISTS ${database} SYNC`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await clickhouse.text("CREATE DATABASE lake");
  await clickhouse.text(
    "CREATE TABLE lake.plays (title String, plays UInt64) ENGINE = MergeTree ORDER BY title",
  );
  await clickhouse.text("INSERT INTO lake.plays SELECT toString(number), number FROM numbers(100000)");
  await clickhouse.text("CREATE VIEW lake.top AS SELECT max(plays) AS plays FROM lake.plays");
});

describe("a copy", () => {
  test("is made, listed, and put in the place of what was lost", async () => {
    const name = await made();
    const { stdout } = await backup("list");
    expect(stdout).toMatch(new RegExp(`^${name}  \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} UTC  [\\d.]+ MB\\n$`));
    await clickhouse.text("DROP DATABASE lake SYNC");
    const restored = await backup("restore", name);
    expect(restored).toMatchObject({ code: 0, stderr: "" });
    expect(restored.stdout).toContain(`${name}: restored, 100000 rows in 2 tables`);
    expect(await ask("SELECT count(), sum(plays) FROM lake.plays")).toBe("100000\t4999950000");
    expect(await ask("SELECT plays FROM lake.top")).toBe("99999");
  });

  test("takes the place of rows when it is told to, and leaves nothing beside", async () => {
    const name = await made();
    await clickhouse.text("INSERT INTO lake.plays VALUES ('later', 1)");
    await clickhouse.text("CREATE TABLE lake.later (a UInt8) ENGINE = MergeTree ORDER BY a");
    const { code } = await backup("restore", name, "--replace");
    expect(code).toBe(0);
    expect(await content()).toBe("lake\nplays\t100000\ntop\t\\N");
  });

  test("takes the place of empty tables, as serve makes them, without a word", async () => {
    const name = await made();
    await clickhouse.text("TRUNCATE TABLE lake.plays");
    expect((await backup("restore", name)).code).toBe(0);
    expect(await ask("SELECT count() FROM lake.plays")).toBe("100000");
  });

  test("of an older version, one archive, is listed and counted", async () => {
    writeFileSync(join(folder, "lake-20200101T020304Z.zip"), "PK");
    const name = await made(2);
    expect(copies()).toEqual(["lake-20200101T020304Z.zip", name]);
    expect((await backup("list")).stdout).toContain("lake-20200101T020304Z.zip  2020-01-01 02:03 UTC");
    const newer = await made(2);
    expect(copies()).toEqual([name, newer]);
  });

  test("that was broken off is no copy: it is said, not counted, and goes with the next", async () => {
    mkdirSync(join(folder, "lake-20200101T020304Z/data"), { recursive: true });
    writeFileSync(join(folder, "lake-20200102T020304Z.zip"), "");
    writeFileSync(join(folder, "lake-20200102T020304Z.zip.lock"), "");
    const { stdout } = await backup("list");
    expect(stdout.match(/broken off, can't be restored/g)).toHaveLength(2);
    const name = await made(1);
    expect(copies()).toEqual([name]);
  });

  test("can be rehearsed: all of it is read, and readers notice nothing", async () => {
    const name = await made();
    await clickhouse.text("INSERT INTO lake.plays VALUES ('later', 1)");
    const before = await content();
    const { code, stdout } = await backup("rehearse", name);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `plays: 100000 rows, 1 parts, all whole\n${name} can be restored\n`,
    });
    expect(await content()).toBe(before);
  });
});

describe("nothing is restored, and nothing changed,", () => {
  test("of a name that there is not: those that there are are named", async () => {
    expect(await refusal("restore", "lake-20200101T000000Z", "--replace")).toBe(
      "backup: name: got 'lake-20200101T000000Z', allowed: none, as there is no whole backup",
    );
    const name = await made();
    expect(await refusal("restore", "../etc", "--replace")).toBe(
      `backup: name: got '../etc', allowed: ${name}`,
    );
  });

  test("of one that was broken off", async () => {
    mkdirSync(join(folder, "lake-20200101T020304Z"));
    expect(await refusal("restore", "lake-20200101T020304Z")).toMatch(
      /which was broken off while it was made/,
    );
  });

  test("over rows, untold", async () => {
    const name = await made();
    for (const task of ["check", "restore"])
      expect(await refusal(task, name)).toBe(
        `backup: nothing was restored: lake holds 100000 rows in 2 tables. Say --replace to have ${name} in their place`,
      );
    expect((await backup("check", name, "--replace")).code).toBe(0);
  });

  test("of a copy that lacks a file: what was there comes back", async () => {
    const name = await made();
    const part = join(folder, name, "data/lake/plays");
    rmSync(join(part, readdirSync(part)[0] ?? "", "data.bin"));
    await clickhouse.text("INSERT INTO lake.plays VALUES ('later', 1)");
    expect(await refusal("restore", name, "--replace")).toMatch(
      new RegExp(`^backup: ${name} was not restored, all is as it was: .*data.bin`),
    );
    expect(await refusal("rehearse", name)).toMatch(/data.bin/);
    expect(await ask("SELECT count() FROM lake.plays")).toBe("100001");
  });

  test("after one that was cut off, untold; told, it is begun anew", async () => {
    const name = await made();
    await clickhouse.text("RENAME DATABASE lake TO lake_replaced");
    await clickhouse.text("CREATE DATABASE lake");
    expect(await refusal("restore", name)).toMatch(
      /an earlier restore was cut off, and lake_replaced holds what was there before it\. Say --replace/,
    );
    const { code, stdout } = await backup("restore", name, "--replace");
    expect(code).toBe(0);
    expect(stdout).toMatch(/had set aside is lake again/);
    expect(await content()).toBe("lake\nplays\t100000\ntop\t\\N");
  });
});

test.each([
  [["make"], "required option '--keep <n>' not specified"],
  [["make", "--keep", "0"], "Allowed is a whole number from 1 to 366."],
  [["restore"], "missing required argument 'name'"],
  [["undo"], "unknown command 'undo'"],
  [[], "task: got nothing, allowed: make, list, check, restore, rehearse"],
])("%j is not understood", async (task, says) => {
  const { code, stderr } = await backup(...task);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test("a folder that is not there, and a ClickHouse that does not answer, are named", async () => {
  const nowhere = await runBackup(clickhouse.url, "/nowhere", "list");
  expect(nowhere).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--folder: got /nowhere") as string,
  });
  const gone = await runBackup("http://127.0.0.1:9", folder, "make", "--keep", "1");
  expect(gone).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/ECONNREFUSED 127\.0\.0\.1:9/) as string,
  });
});

// The last test, because the slow backup goes on until the engine ends.
test("nothing is done beside another backup or restore", async () => {
  const name = await made();
  await clickhouse.text("BACKUP DATABASE lake TO Disk('backups', 'slow') ASYNC", {
    max_backup_bandwidth: "20000",
  });
  const busy = /Disk\('backups', 'slow'\) is CREATING_BACKUP since \d{4}-.* UTC/;
  expect(await refusal("restore", name, "--replace")).toMatch(busy);
  expect(await refusal("rehearse", name)).toMatch(busy);
  expect(await refusal("make", "--keep", "1")).toMatch(busy);
});
