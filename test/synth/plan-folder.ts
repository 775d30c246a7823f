import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

/** A folder for a synthesized plan, until the test file that asked for it ends: jest ends no process that could take it along. */
export function planFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
