import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Recipe } from "./recipe";

export const root = resolve(__dirname, "../../../..");

/**
 * A copy of the checkout with the recipe's edits made and its files added.
 * @param kept folders and files of the copy; all of the checkout without them
 * @returns its folder, which the caller removes
 */
export function changedCopy({ edits, files }: Recipe, kept: readonly string[] = []): string {
  const copy = mkdtempSync(join(tmpdir(), "contributing-"));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", ...kept];
  const paths = execFileSync("git", list, { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const path of paths) if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const { path, before, add } of edits) {
    const [head, tail, ...more] = readFileSync(join(copy, path), "utf8").split(before);
    if (tail === undefined || more.length > 0) throw new Error(`${path} has '${before}' not just once`);
    writeFileSync(join(copy, path), head + add + before + tail);
  }
  for (const { folder, name, content } of files) writeFileSync(join(copy, folder, name), content);
  return copy;
}
