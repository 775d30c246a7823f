import { createHash } from "node:crypto";
import { createReadStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { pipeline } from "node:stream/promises";
import { request, type Dispatcher } from "undici";
import { diskFull, isDiskFull, isNetworkError, SetUpFailure } from "./failure";

export interface Download {
  url: string;
  /** Where the file appears once it is complete and verified; until then it grows in `<path>.part`. */
  path: string;
  /** Lower-case hex. */
  sha256: string;
  bytes: number;
}

export interface DownloadOptions {
  dispatcher: Dispatcher;
  /** Called with the bytes received since the last call; negative when a useless part was deleted. */
  onBytes: (bytes: number) => void;
  /** How often a broken or refused transfer is retried. */
  retries: number;
  firstPauseMilliseconds: number;
}

/** A server's answer that makes a retry worthwhile. */
class BadAnswer extends Error {}

/**
 * Downloads one file, and resumes an existing part of it. Throws a SetUpFailure when the server cannot be reached, does
 * not have the file or serves one with another SHA-256, or the disk is full.
 */
export async function download(file: Download, options: DownloadOptions): Promise<void> {
  const part = `${file.path}.part`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await transfer(file, part, options);
      break;
    } catch (error) {
      if (isDiskFull(error)) throw diskFull(part);
      const canRetry = error instanceof BadAnswer || isNetworkError(error);
      if (!canRetry) throw error;
      if (attempt >= options.retries) throw unreachable(file, error);
      await pause(options.firstPauseMilliseconds * 2 ** attempt);
    }
  }
  const sha256 = await sha256Of(part);
  if (sha256 !== file.sha256) {
    rmSync(part, { force: true });
    throw new SetUpFailure(
      `${file.url} is not the locked file: its SHA-256 is ${sha256}, jobs/jars/jars.lock.json says ${file.sha256}. It was deleted. Start again; if it stays, your mirror (MAVEN_REPOSITORY) or a proxy serves something else.`,
    );
  }
  renameSync(part, file.path);
}

async function transfer(file: Download, part: string, options: DownloadOptions): Promise<void> {
  let have = existsSync(part) ? statSync(part).size : 0;
  if (have > file.bytes) {
    rmSync(part);
    options.onBytes(-have);
    have = 0;
  }
  if (have === file.bytes) return;
  const answer = await request(file.url, {
    dispatcher: options.dispatcher,
    headers: have > 0 ? { range: `bytes=${have}-` } : {},
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });
  if (answer.statusCode !== 200 && answer.statusCode !== 206) {
    await answer.body.dump();
    const text = `answer ${answer.statusCode}`;
    if (answer.statusCode === 429 || answer.statusCode >= 500) throw new BadAnswer(text);
    throw new SetUpFailure(
      `${file.url} could not be downloaded: ${text}. Check the mirror (MAVEN_REPOSITORY) and the proxy (HTTPS_PROXY), and start again.`,
    );
  }
  // A server without support for ranges sends the whole file again.
  const resumes = answer.statusCode === 206;
  if (!resumes && have > 0) options.onBytes(-have);
  const handle = await open(part, resumes ? "a" : "w");
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      await handle.writeFile(chunk);
      options.onBytes(chunk.length);
    }
  } finally {
    await handle.close();
  }
  const size = statSync(part).size;
  if (size < file.bytes) throw new BadAnswer(`${size} of ${file.bytes} bytes came`);
}

function unreachable(file: Download, error: unknown): SetUpFailure {
  const reason = error instanceof Error ? error.message : String(error);
  return new SetUpFailure(
    `${file.url} could not be downloaded: ${reason}. Check the network (a proxy: HTTPS_PROXY; a mirror: MAVEN_REPOSITORY) and start again: what has come is kept.`,
  );
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
