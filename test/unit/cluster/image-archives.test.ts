import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageArchives } from "../../cluster/image-archives";

let folder: string;
let archives: ImageArchives;
const make = (archive: string) => Promise.resolve(writeFileSync(archive, "layers"));

function lastWanted(file: string, daysAgo: number): void {
  const then = new Date(Date.now() - daysAgo * 86_400_000);
  writeFileSync(join(folder, file), "layers");
  utimesSync(join(folder, file), then, then);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archives-"));
  archives = new ImageArchives(folder, "node");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("an archive is made once", async () => {
  expect(await archives.keep("a", make)).toBe(true);
  expect(await archives.keep("a", make)).toBe(false);
  expect(readdirSync(folder)).toEqual(["node-a.tar"]);
});

test("one that failed half-way is made again", async () => {
  const broken = async (archive: string) => {
    await make(archive);
    throw new Error("no room");
  };
  await expect(archives.keep("a", broken)).rejects.toThrow("no room");
  expect(await archives.keep("a", make)).toBe(true);
  expect(readdirSync(folder)).toEqual(["node-a.tar"]);
});

test("what nobody wanted for a week goes, of this image only; what is wanted again stays", async () => {
  lastWanted("node-old.tar", 8);
  lastWanted("node-used.tar", 8);
  lastWanted("node-young.tar", 6);
  lastWanted("spark-old.tar", 8);
  expect(await archives.keep("used", make)).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["node-used.tar", "node-young.tar", "spark-old.tar"]);
});
