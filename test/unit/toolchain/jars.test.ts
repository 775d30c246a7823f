import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareJars, type Jars } from "../../../toolchain/jars";
import { recordProgress } from "./recorded-progress";
import { repositoryServer, type Behave, type RepositoryServer } from "./repository-server";

const names = ["broker", "daemon", "connector"];
const contents = Object.fromEntries(
  names.map((name) => [`/org/example/${name}/1.0/${name}-1.0.jar`, randomBytes(5_000)]),
);
let folder: string;
let server: RepositoryServer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jars-"));
  const [kafka = [], hdfs = [], connector = []] = names.map((artifactId) => {
    const content = contents[`/org/example/${artifactId}/1.0/${artifactId}-1.0.jar`] ?? Buffer.alloc(0);
    const sha256 = createHash("sha256").update(content).digest("hex");
    return [{ groupId: "org.example", artifactId, version: "1.0", sha256, bytes: content.length }];
  });
  const groups = { kafka, hdfs, "spark-connector": connector };
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ groups }));
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function serve(behave?: Behave): Promise<void> {
  server = await repositoryServer(contents, behave);
}

function prepare(progress = recordProgress()): Promise<Jars> {
  return prepareJars({
    lock: join(folder, "lock.json"),
    cache: join(folder, "cache"),
    repository: server.url,
    behindProxy: false,
    progress,
    retries: 0,
  });
}

test("the jars of each group are brought, once", async () => {
  await serve();
  const jars = await prepare();
  for (const [group, name] of [
    ["kafka", "broker"],
    ["hdfs", "daemon"],
    ["spark-connector", "connector"],
  ] as const) {
    expect(jars[group]).toHaveLength(1);
    expect(readFileSync(jars[group][0] ?? "")).toEqual(contents[`/org/example/${name}/1.0/${name}-1.0.jar`]);
  }
  const again = recordProgress();
  expect(await prepare(again)).toEqual(jars);
  expect(server.asked).toHaveLength(3);
  expect(again.lines).toEqual([]);
});

test("a jar that was deleted or cut short is brought again, and only that", async () => {
  await serve();
  const jars = await prepare();
  writeFileSync(jars.kafka[0] ?? "", "short");
  await prepare();
  expect(server.asked).toHaveLength(4);
  expect(readFileSync(jars.kafka[0] ?? "")).toHaveLength(5_000);
});

test("two set-ups at once bring each jar once", async () => {
  await serve();
  const [one, other] = await Promise.all([prepare(), prepare()]);
  expect(one).toEqual(other);
  expect(server.asked).toHaveLength(3);
});

test("what came before a failure stays, and the next run goes on from there", async () => {
  let broken = true;
  await serve((request, response, whole) => {
    if (broken && request.path.includes("daemon")) response.writeHead(404).end();
    else whole();
  });
  await expect(prepare()).rejects.toThrow(/daemon-1\.0\.jar could not be downloaded: answer 404/);
  broken = false;
  const before = server.asked.length;
  const jars = await prepare();
  expect(server.asked.slice(before).map(({ path }) => path)).toContain(
    "/org/example/daemon/1.0/daemon-1.0.jar",
  );
  expect(jars.hdfs.every((path) => existsSync(path))).toBe(true);
});

test("a lock that is none is refused with its place", async () => {
  await serve();
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ groups: { kafka: [] } }));
  await expect(prepare()).rejects.toThrow(/hdfs/);
});
