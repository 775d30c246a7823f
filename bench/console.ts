import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { CommandInput } from "../command-line/command-input";
import { until } from "../local/jvm/until";
import type { Figure } from "./figure";

const ports = 28_300;
const page = `http://127.0.0.1:${ports + 9}`;
const clickhouse = `http://127.0.0.1:${ports + 7}`;
const warmUpSeconds = 120;
const measuredSeconds = 60;

interface Cost {
  readonly pages: number;
  readonly megabytes: number;
  /** Of one core, in percent. */
  readonly cpu: number;
  /** Of all clients of ClickHouse. */
  readonly queriesPerSecond: number;
}

/** Runs a lake at 200 events/s; measures its console (resident memory, CPU) without a page, with one and with 50 open pages. */
export async function consoleFigures({ root, env }: CommandInput): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-console-"));
  const words = `start --rate 200 --trigger 10 --every 15 --ports ${ports} --data ${join(folder, "lake")}`;
  const args = [join(root, "commands/bootstrap.mjs"), ...words.split(" ")];
  const lake = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const ended = once(lake, "exit");
  try {
    await until("gold in ClickHouse", hasGold, AbortSignal.timeout(600_000));
    await sleep(warmUpSeconds * 1000);
    const costs: Cost[] = [];
    for (const pages of [0, 1, 50]) costs.push(await cost(pages));
    return costs.flatMap(figures);
  } finally {
    lake.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function hasGold(): Promise<string | undefined> {
  const rows = await asked("SELECT count() FROM lake.gold_kpi_daily").catch(() => 0);
  return rows > 0 ? undefined : "there is none";
}

async function asked(sql: string): Promise<number> {
  const answer = await fetch(clickhouse, { method: "POST", body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return Number(text);
}

async function cost(pages: number): Promise<Cost> {
  const close = new AbortController();
  const open = Array.from({ length: pages }, () => readPage(close.signal));
  await sleep(10_000);
  const before = await counters();
  await sleep(measuredSeconds * 1000);
  const after = await counters();
  close.abort();
  await Promise.all(open);
  return {
    pages,
    megabytes: after.megabytes,
    cpu: (100 * (after.cpuSeconds - before.cpuSeconds)) / measuredSeconds,
    queriesPerSecond: (after.queries - before.queries) / measuredSeconds,
  };
}

/** Reads all that the console tells its pages, as a page does. */
async function readPage(signal: AbortSignal): Promise<void> {
  try {
    const { body } = await fetch(`${page}/events`, { signal });
    await body?.pipeTo(new WritableStream());
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function counters() {
  const { stdout } = await promisify(execFile)("ps", [
    "-o",
    "cputimes=,rss=",
    "-p",
    String(await consolePid()),
  ]);
  const [cpuSeconds = NaN, kibibytes = NaN] = stdout.trim().split(/\s+/).map(Number);
  const queries = await asked("SELECT value FROM system.events WHERE event = 'Query'");
  return { cpuSeconds, megabytes: (kibibytes * 1024) / 1e6, queries };
}

async function consolePid(): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,args="]);
  const line = stdout
    .split("\n")
    .find((each) => each.includes("console/cli.ts") && each.includes(String(ports + 9)));
  if (line === undefined) throw new Error("the console's process is not there");
  return Number.parseInt(line, 10);
}

function figures({ pages, megabytes, cpu, queriesPerSecond }: Cost): Figure[] {
  const of = `console with ${pages === 1 ? "1 page" : `${pages} pages`}`;
  const plain = (name: string, measured: string): Figure => ({
    name: `${of}: ${name}`,
    measured,
    goal: "-",
    met: true,
  });
  return [
    plain("memory", `${megabytes.toFixed(0)} MB`),
    plain("CPU, of one core", `${cpu.toFixed(1)} %`),
    plain("queries of all clients on ClickHouse", `${queriesPerSecond.toFixed(1)} per second`),
  ];
}
