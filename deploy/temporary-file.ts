import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes `content` as JSON to a file that only this user can read, and deletes it when `use` has ended. */
export async function withTemporaryFile<T>(content: unknown, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "lake-"));
  const path = join(folder, "content.json");
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  try {
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
