import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Command } from "commander";
import { z } from "zod";
import { endpointsSchema } from "../lake/endpoints";
import { freshness } from "../lake/freshness";
import { layout, layers, type Layer } from "../lake/layout";
import { Journal } from "../jobs/hdfs/journal";
import { bronzeCommit, goldCommit, serveCommit, silverCommit } from "../lake/records";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import type { CommandInput } from "../command-line/command-input";
import { memoryBytes } from "../local/process/memory";
import { machine } from "./machine";

const everySeconds = 300;

const options = z.object({
  for: z.coerce.number().int().min(everySeconds),
  rate: z.coerce.number().positive(),
  trigger: z.coerce.number().int().positive(),
  every: z.coerce.number().int().positive(),
  ports: z.coerce.number().int(),
});

/** Figures of one stretch of the run. */
interface Stretch {
  readonly minutes: string;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly silverSeconds: number;
  readonly goldSeconds: number;
  readonly memory: number;
  readonly files: Readonly<Record<Layer, number>>;
}

/** Process groups of all children of a process. */
async function groupsBelow(pid: number): Promise<Set<number>> {
  const { stdout } = await promisify(execFile)("ps", ["-axo", "ppid=,pid=,pgid="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([pid]);
  // Repeat until nothing is added: a child may be listed before its parent.
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const [parent = 0, child = 0] of rows) if (below.has(parent)) below.add(child);
  }
  return new Set(rows.filter(([, child = 0]) => below.has(child)).map(([, , group = 0]) => group));
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;

const secondsOf = ({ startedAt, committedAt }: { startedAt: string; committedAt: string }) =>
  (Date.parse(committedAt) - Date.parse(startedAt)) / 1000;

async function look(
  hdfs: WebHdfs,
  root: string,
  from: Date,
  to: Date,
  memory: number,
  minutes: string,
): Promise<Stretch> {
  const lake = layout(root);
  const within = ({ committedAt }: { committedAt: string }) =>
    Date.parse(committedAt) >= from.getTime() && Date.parse(committedAt) < to.getTime();
  const bronze = await Journal.of(hdfs, lake, "bronze", bronzeCommit).readAfter(-1);
  const silver = await Journal.of(hdfs, lake, "silver", silverCommit).readAfter(-1);
  const gold = await Journal.of(hdfs, lake, "gold", goldCommit).readAfter(-1);
  const serve = await Journal.of(hdfs, lake, "serve", serveCommit).readAfter(-1);
  // Only batches that ClickHouse already shows have a freshness; the newest ones are still on their way.
  const shown = bronze.filter(within);
  const { p50, p95 } = freshness(shown, serve);
  const counts = {} as Record<Layer, number>;
  for (const layer of layers)
    counts[layer] = (await hdfs.exists(lake.layer(layer)))
      ? (await hdfs.contentSummary(lake.layer(layer))).fileCount
      : 0;
  return {
    minutes,
    p50,
    p95,
    silverSeconds: mean(silver.filter(within).map(secondsOf)),
    goldSeconds: mean(gold.filter(within).map(secondsOf)),
    memory,
    files: counts,
  };
}

function line({ minutes, p50, p95, silverSeconds, goldSeconds, memory, files }: Stretch): string {
  const seconds = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(1));
  const counts = layers.map((layer) => files[layer]).join(" | ");
  return `| ${minutes} | ${seconds(p50)} | ${seconds(p95)} | ${seconds(silverSeconds)} | ${seconds(goldSeconds)} | ${(memory / 1024 ** 3).toFixed(2)} | ${counts} |`;
}

/**
 * `npm run soak -- --for 3600 --rate 2000 --trigger 10 --every 15`: runs a fresh lake for a long time, and prints every five
 * minutes how fresh ClickHouse is, how long runs take, and what has grown. Resolves with the exit code of the lake, which
 * runs its checks at the end.
 */
export async function soak({ root, env, args }: CommandInput): Promise<number> {
  const cli = new Command("npm run soak --")
    .option("--for <seconds>", "how long", "3600")
    .option("--rate <events/s>", "events that EventSim sends per second", "2000")
    .option("--trigger <seconds>", "how often bronze writes a micro-batch", "10")
    .option("--every <seconds>", "how often silver and gold are brought up to date", "15")
    .option("--ports <base>", "first of the ports that are used", "28600");
  const given = options.parse(cli.parse([...args], { from: "user" }).opts());
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  console.log(
    `${machine()}\n\n| minutes | p50, s | p95, s | a run of silver, s | of gold, s | memory, GB | ${layers.map((layer) => `files of ${layer}`).join(" | ")} |\n|${"---|".repeat(6 + layers.length)}`,
  );
  const startArgs = Object.entries({ ...given, malformed: 0.01, duplicates: 0.01, late: 0.01 }).flatMap(
    ([name, value]) => [`--${name}`, String(value)],
  );
  const child = spawn(
    process.execPath,
    [join(root, "commands/bootstrap.mjs"), "start", ...startArgs, "--data", join(folder, "lake"), "--fresh"],
    { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] },
  );
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  let isOver = false;
  void ended.then(() => (isOver = true));
  try {
    const endpointsFile = join(folder, "lake", "endpoints.json");
    const read = () => endpointsSchema.parse(JSON.parse(readFileSync(endpointsFile, "utf8")));
    const endpoints = await until(read, () => isOver);
    const hdfs = new WebHdfs(endpoints.webhdfs);
    const begunAtMs = Date.now();
    for (let end = everySeconds; end <= given.for && !isOver; end += everySeconds) {
      let peak = 0;
      while (!isOver && Date.now() < begunAtMs + end * 1000) {
        peak = Math.max(peak, await memoryBytes(await groupsBelow(child.pid ?? -1)));
        await Promise.race([sleep(10_000), ended]);
      }
      if (isOver) break;
      const [from, to] = [begunAtMs + (end - everySeconds) * 1000, begunAtMs + end * 1000];
      const minutes = `${(end - everySeconds) / 60}-${end / 60}`;
      console.log(line(await look(hdfs, endpoints.lake, new Date(from), new Date(to), peak, minutes)));
    }
    return await ended;
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Tries until it succeeds; gives up when the lake has ended. */
async function until<T>(attempt: () => T, isOver: () => boolean): Promise<T> {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (isOver()) throw error;
      await sleep(500);
    }
  }
}
