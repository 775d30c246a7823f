import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMigrations } from "../../../jobs/serve/migrations";

describe("migrations of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "serve-migrations-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are read in order, cut into statements", () => {
    writeFileSync(join(folder, "002-second.sql"), "SELECT ';' AS a;\n\nSELECT 2;\n");
    writeFileSync(join(folder, "001-first.sql"), "-- why\nSELECT 1;\n");
    expect(readMigrations(folder)).toMatchObject([
      { number: 1, name: "first", statements: ["-- why\nSELECT 1"] },
      { number: 2, name: "second", statements: ["SELECT ';' AS a", "SELECT 2"] },
    ]);
  });

  it("refuse a gap", () => {
    writeFileSync(join(folder, "002-second.sql"), "SELECT 2;\n");
    expect(() => readMigrations(folder)).toThrow("migration 2 (second)");
  });

  it("refuse a file of another name", () => {
    writeFileSync(join(folder, "1.sql"), "SELECT 1;\n");
    expect(() => readMigrations(folder)).toThrow("NNN-name.sql");
  });

  it("are right as they are committed", () => {
    expect(readMigrations().map(({ number }) => number)).toContain(1);
  });
});
