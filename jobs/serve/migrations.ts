import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { clickhouseDatabase } from "../../lake/tables";
import type { Engine } from "./engine";

/** A numbered change of the database. ClickHouse has no transactions: every statement must bear being run twice. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly statements: readonly string[];
}

const fileName = /^(\d{3})-([a-z0-9-]+)\.sql$/;
const journal = `${clickhouseDatabase}._migrations`;

/** Migrations of a folder, `NNN-name.sql`, numbered from 1 without a gap; statements end with `;` at a line's end. */
export function readMigrations(folder = join(__dirname, "migrations")): Migration[] {
  const migrations = readdirSync(folder)
    .sort()
    .map((file) => {
      const [, number, name] = fileName.exec(file) ?? [];
      if (number === undefined || name === undefined)
        throw new Error(`migration ${join(folder, file)}: allowed names are NNN-name.sql`);
      const text = readFileSync(join(folder, file), "utf8");
      return {
        number: Number(number),
        name,
        sha256: createHash("sha256").update(text).digest("hex"),
        statements: text
          .split(/;[ \t]*$/m)
          .map((statement) => statement.trim())
          .filter((statement) => statement !== ""),
      };
    });
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1)
      throw new Error(
        `migration ${migration.number} (${migration.name}) in ${folder}: expected number ${index + 1}`,
      );
  });
  return migrations;
}

/**
 * Brings the database to the newest migration and returns those it applied.
 * @throws when the database holds a migration that is not in `migrations`, or one whose text was changed since.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[]): Promise<Migration[]> {
  await engine.run(`CREATE DATABASE IF NOT EXISTS ${clickhouseDatabase}`);
  await engine.run(
    `CREATE TABLE IF NOT EXISTS ${journal} (number UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC'))
     ENGINE = MergeTree ORDER BY number`,
  );
  const applied = await engine.rows(
    `SELECT DISTINCT number, name, sha256 FROM ${journal} ORDER BY number`,
    z.object({ number: z.coerce.number(), name: z.string(), sha256: z.string() }),
  );
  for (const done of applied) {
    const known = migrations.find((migration) => migration.number === done.number);
    if (!known)
      throw new Error(
        `${journal} holds migration ${done.number} (${done.name}), this serve knows ${migrations.length}: run the newer serve`,
      );
    if (known.sha256 !== done.sha256)
      throw new Error(
        `migration ${done.number} (${done.name}) was changed after it was applied: restore it and add a new one`,
      );
  }
  const pending = migrations.filter(({ number }) => !applied.some((done) => done.number === number));
  for (const { number, name, sha256, statements } of pending) {
    for (const statement of statements) await engine.run(statement);
    await engine.run(
      `INSERT INTO ${journal} SELECT {number:UInt32}, {name:String}, {sha256:String}, now64(3, 'UTC')`,
      {},
      { number, name, sha256 },
    );
  }
  return pending;
}
