import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "undici";
import { download, type Download } from "../../../toolchain/download";
import { SetUpFailure } from "../../../toolchain/failure";
import { repositoryServer, type Behave, type RepositoryServer } from "./repository-server";

const content = randomBytes(300_000);
const dispatcher = new Agent();
let folder: string;
let server: RepositoryServer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "download-"));
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

afterAll(() => dispatcher.destroy());

async function serve(behave?: Behave): Promise<Download> {
  server = await repositoryServer({ "/a.jar": content }, behave);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { url: `${server.url}/a.jar`, path: join(folder, "a.jar"), sha256, bytes: content.length };
}

async function bring(file: Download, retries = 2): Promise<number> {
  let come = 0;
  await download(file, {
    dispatcher,
    retries,
    firstPauseMilliseconds: 1,
    onBytes: (bytes) => (come += bytes),
  });
  return come;
}

async function failureOf(file: Download): Promise<string> {
  const error: unknown = await bring(file).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SetUpFailure);
  expect((error as Error).message).not.toContain("\n");
  return (error as Error).message;
}

test("a file appears whole, and its part is gone", async () => {
  const file = await serve();
  expect(await bring(file)).toBe(content.length);
  expect(readFileSync(file.path)).toEqual(content);
  expect(existsSync(`${file.path}.part`)).toBe(false);
});

test("what an earlier run left is gone on with", async () => {
  const file = await serve();
  writeFileSync(`${file.path}.part`, content.subarray(0, 100_000));
  expect(await bring(file)).toBe(200_000);
  expect(server.asked).toEqual([{ path: "/a.jar", range: "bytes=100000-" }]);
  expect(readFileSync(file.path)).toEqual(content);
});

test("a transfer that breaks is taken up where it broke", async () => {
  const file = await serve((request, response, whole) => {
    if (request.range !== undefined) return whole();
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 70_000), () => setTimeout(() => response.destroy(), 100));
  });
  // A connection that breaks before anything was written starts over, so only the last request certainly has a range.
  expect(await bring(file, 20)).toBe(content.length);
  expect(server.asked.length).toBeGreaterThan(1);
  expect(server.asked.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  expect(readFileSync(file.path)).toEqual(content);
});

test("a server that knows no ranges sends all again, and it counts once", async () => {
  const file = await serve((_, response) => response.writeHead(200).end(content));
  writeFileSync(`${file.path}.part`, randomBytes(1_000));
  expect(await bring(file)).toBe(content.length - 1_000);
  expect(readFileSync(file.path)).toEqual(content);
});

test("a part that is too long is thrown away", async () => {
  const file = await serve();
  writeFileSync(`${file.path}.part`, randomBytes(content.length + 1));
  await bring(file);
  expect(readFileSync(file.path)).toEqual(content);
});

test("a server that is busy is asked again", async () => {
  let busy = 2;
  const file = await serve((_, response, whole) => (busy-- > 0 ? response.writeHead(503).end() : whole()));
  await bring(file);
  expect(readFileSync(file.path)).toEqual(content);
});

test("another content is deleted and reported, with both hashes", async () => {
  const file = { ...(await serve()), sha256: "0".repeat(64) };
  const message = await failureOf(file);
  expect(message).toMatch(/is not the locked file: its SHA-256 is [0-9a-f]{64}, .* says 0{64}/);
  expect(existsSync(file.path)).toBe(false);
  expect(existsSync(`${file.path}.part`)).toBe(false);
});

test("a file that is not there is not asked for again", async () => {
  const file = { ...(await serve()), url: `${server.url}/b.jar` };
  expect(await failureOf(file)).toMatch(/b\.jar could not be downloaded: answer 404\. Check the mirror/);
  expect(server.asked).toHaveLength(1);
});

test("without a network it says so, and keeps what has come", async () => {
  const file = { ...(await serve()), url: "http://127.0.0.1:1/a.jar" };
  writeFileSync(`${file.path}.part`, content.subarray(0, 10));
  expect(await failureOf(file)).toMatch(/ECONNREFUSED.*Check the network .* what has come is kept/);
  expect(existsSync(`${file.path}.part`)).toBe(true);
});

const linuxOnly = existsSync("/dev/full") ? test : test.skip;
linuxOnly("a full disk is named as one", async () => {
  const file = await serve();
  symlinkSync("/dev/full", `${file.path}.part`);
  expect(await failureOf(file)).toMatch(/^The disk is full: .*Free about 3 GB/);
});
