import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFolder, releaseDataFolder, takeDataFolder } from "../../../local/start/data-folder";

describe("the data folder", () => {
  let parent: string;
  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "data-folder-"))));
  afterEach(() => rmSync(parent, { recursive: true }));

  test("is refused while another lake runs on it, and free again once that one has stopped", () => {
    const folder = dataFolder(join(parent, "lake"));
    takeDataFolder(folder, false);
    expect(() => takeDataFolder(folder, false)).toThrow(
      `already runs on ${folder.root} (process ${process.pid})`,
    );
    releaseDataFolder(folder);
    expect(() => takeDataFolder(folder, false)).not.toThrow();
  });

  test("is taken over from a lake that was killed", () => {
    const folder = dataFolder(join(parent, "lake"));
    takeDataFolder(folder, false);
    writeFileSync(folder.pid, "999999999");
    expect(() => takeDataFolder(folder, false)).not.toThrow();
  });

  test("keeps its data unless it is to be fresh", () => {
    const folder = dataFolder(join(parent, "lake"));
    takeDataFolder(folder, false);
    const kept = join(folder.kafka, "kept");
    writeFileSync(kept, "");
    releaseDataFolder(folder);
    takeDataFolder(folder, false);
    expect(existsSync(kept)).toBe(true);
    releaseDataFolder(folder);
    takeDataFolder(folder, true);
    expect(existsSync(kept)).toBe(false);
  });

  test("never deletes a folder that is no lake's", () => {
    const holiday = join(parent, "holiday");
    mkdirSync(holiday);
    writeFileSync(join(holiday, "photo"), "");
    expect(() => takeDataFolder(dataFolder(holiday), true)).toThrow("which is no lake's folder");
    expect(existsSync(join(holiday, "photo"))).toBe(true);
  });
});
