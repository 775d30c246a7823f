import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { lock } from "proper-lockfile";
import { errorCode } from "./failure";
import type { Progress } from "./progress";

/** The folder that all clones of this project on the machine share; it may not exist yet. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const name = "spotify-content-management";
  const xdg = env.XDG_CACHE_HOME;
  // A relative XDG_CACHE_HOME is invalid by its specification and must be ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, name);
  const home = env.HOME ?? homedir();
  return platform === "darwin" ? join(home, "Library", "Caches", name) : join(home, ".cache", name);
}

/** The first 16 hex digits of the SHA-256 of the parts. */
export function shortHash(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
}

/**
 * Runs `work` under a lock of `folder`, which is created if it does not exist, so that no other set-up on this machine
 * works there. The holder keeps the lock alive; ten seconds after a holder was killed, another set-up takes it over.
 */
export async function withFolderLock<T>(
  folder: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const take = (retries: number) =>
    lock(folder, {
      stale: 10_000,
      update: 2_000,
      retries: { retries, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 },
    });
  const release = await take(0).catch((error: unknown) => {
    if (errorCode(error) !== "ELOCKED") throw error;
    progress.line(`Another set-up works in ${folder}: waiting for it to end.`);
    return take(3_600);
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
