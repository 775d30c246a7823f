import { z } from "zod";
import { Engine } from "../../../jobs/serve/engine";
import { migrate, readMigrations, type Migration } from "../../../jobs/serve/migrations";
import { createClient, ClickHouseLogLevel, type ClickHouseClient } from "@clickhouse/client";
import { RunningClickHouse, scratchFolder } from "../clickhouse/running-clickhouse";

jest.setTimeout(120_000);

const second: Migration = {
  number: 2,
  name: "second",
  sha256: "a".repeat(64),
  statements: [
    "CREATE TABLE IF NOT EXISTS lake.second (a UInt8) ENGINE = MergeTree ORDER BY a",
    "INSERT INTO lake.second SELECT 1",
  ],
};

const folder = scratchFolder();
let clickhouse: RunningClickHouse;
let client: ClickHouseClient;
let engine: Engine;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path);
  client = createClient({ url: clickhouse.url, log: { level: ClickHouseLogLevel.OFF } });
  engine = new Engine(client);
});

afterAll(async () => {
  await client.close();
  await clickhouse.stop();
  folder.remove();
});

beforeEach(() => engine.run("DROP DATABASE IF EXISTS lake SYNC"));

const numbers = (migrations: readonly Migration[]): number[] => migrations.map(({ number }) => number);

async function recorded(): Promise<number[]> {
  const rows = await engine.rows(
    "SELECT number FROM lake._migrations ORDER BY number",
    z.object({ number: z.coerce.number() }),
  );
  return rows.map(({ number }) => number);
}

describe("migrations", () => {
  it("are applied once each, and a later one by itself", async () => {
    const first = readMigrations();
    expect(numbers(await migrate(engine, first))).toEqual([1]);
    expect(numbers(await migrate(engine, first))).toEqual([]);
    expect(numbers(await migrate(engine, [...first, second]))).toEqual([2]);
    expect(await recorded()).toEqual([1, 2]);
  });

  it("are applied again where serve was killed before it recorded one", async () => {
    const all = [...readMigrations(), second];
    await migrate(engine, all);
    await engine.run("DELETE FROM lake._migrations WHERE number = 2");
    expect(numbers(await migrate(engine, all))).toEqual([2]);
    expect(await recorded()).toEqual([1, 2]);
  });

  it("are not recorded when a statement fails, and those before it are", async () => {
    const broken = { ...second, statements: ["CREATE NONSENSE"] };
    await expect(migrate(engine, [...readMigrations(), broken])).rejects.toThrow(/Syntax error/);
    expect(await recorded()).toEqual([1]);
  });

  it("refuse a database that a newer serve has migrated", async () => {
    await migrate(engine, [...readMigrations(), second]);
    await expect(migrate(engine, readMigrations())).rejects.toThrow(
      "lake._migrations holds migration 2 (second), this serve knows 1: run the newer serve",
    );
  });

  it("refuse one whose text was changed after it was applied", async () => {
    await migrate(engine, [...readMigrations(), second]);
    const changed = { ...second, sha256: "b".repeat(64) };
    await expect(migrate(engine, [...readMigrations(), changed])).rejects.toThrow(
      /migration 2 \(second\) was changed after it was applied/,
    );
  });
});
