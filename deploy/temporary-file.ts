import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that only this user can read, until it is removed. */
export function temporaryFile(name: string, content: string): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "lake-"));
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
