import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCatalogue } from "../jobs/eventsim/catalogue";
import { publishCatalogue } from "../jobs/eventsim/catalogue/publish";
import { layout } from "../lake/layout";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import type { CommandInput } from "../command-line/command-input";
import { silentProgress } from "../toolchain/progress";
import { setUpLake } from "../local/lake-toolchain";
import { startHdfs } from "../testbed/running-hdfs";
import { RefineProcess, type GoldRan, type SilverRan } from "../testbed/running-refine";
import { DayLake } from "./day-lake";
import type { Figure } from "./figure";

const lake = layout("/lake");
const day = "2026-06-10";
const newEvents = 30_000;
/** Number of batches in which the day is written before anything is measured. */
const batches = 20;
/** Number of measured runs, of which the median counts. */
const runs = 5;

interface Size {
  readonly events: number;
  readonly customers: number;
}

const sizes: readonly [Size, Size] = [
  { events: 1_000_000, customers: 100_000 },
  { events: 20_000_000, customers: 1_000_000 },
];

/** The cost of a run that adds 30,000 events, and the cost of building the day. */
interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly daySeconds: number;
  readonly files: number;
}

function sum(lines: readonly (SilverRan | GoldRan)[], pick: (line: SilverRan | GoldRan) => number): number {
  return lines.reduce((total, line) => total + pick(line), 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measure({ root, env }: CommandInput, size: Size): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "bench-day-"));
  const toolchain = await setUpLake({ root, env, progress: silentProgress });
  const running = await startHdfs(folder);
  try {
    const hdfs = new WebHdfs(running.webhdfs);
    await publishCatalogue(hdfs, lake.root, makeCatalogue());
    const bronze = await DayLake.make(hdfs, lake);
    const says = (text: string) =>
      console.error(`day of ${size.events.toLocaleString("en")} events: ${text}`);
    for (let batch = 0; batch < batches; batch += 1) {
      const [from, to] = [(batch / batches) * 0.9, ((batch + 1) / batches) * 0.9];
      await bronze.land({ ...size, day, events: size.events / batches }, { from, to, lateShare: 0 });
    }
    says("landed; silver and gold are built");
    const refine = new RefineProcess({
      toolchain,
      hdfs: running.url,
      lake: lake.root,
      args: ["--every", "1", "--late-every", "3600", "--dimensions-every", "3600"],
    });
    await refine.merged(batches - 1);
    const built = [...refine.silver, ...refine.gold];
    says(`built in ${sum(built, ({ seconds }) => seconds).toFixed(0)} s; runs of ${newEvents} events follow`);
    const costs: Omit<Measured, "daySeconds" | "files">[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const [from, to] = [0.9 + run * 0.01, 0.9 + (run + 1) * 0.01];
      await bronze.land({ ...size, day, events: newEvents }, { from, to, lateShare: 0.01 });
      const silver = await refine.taken(batches + run);
      const gold = await refine.until(() => refine.gold.find(({ through }) => through.silver >= silver.run));
      const lines = [silver, gold];
      // The first run compiles code that the large runs before it did not need.
      if (run > 0)
        costs.push({
          seconds: sum(lines, ({ seconds }) => seconds),
          cpuSeconds: sum(lines, ({ cpuSeconds }) => cpuSeconds),
          bytesRead: sum(lines, ({ bytesRead }) => bytesRead),
          bytesWritten: sum(lines, ({ bytesWritten }) => bytesWritten),
        });
    }
    refine.signal("SIGTERM");
    await refine.ended();
    bronze.close();
    const { fileCount } = await hdfs.contentSummary(lake.layer("silver"));
    return {
      seconds: median(costs.map(({ seconds }) => seconds)),
      cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
      bytesRead: median(costs.map(({ bytesRead }) => bytesRead)),
      bytesWritten: median(costs.map(({ bytesWritten }) => bytesWritten)),
      daySeconds: sum(built, ({ seconds }) => seconds),
      files: fileCount,
    };
  } finally {
    await Promise.all([running.namenode.stop(), running.datanode.stop()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

function told({ seconds, cpuSeconds, bytesRead, bytesWritten }: Measured): string {
  return `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} CPU s, ${megabytes(bytesRead)} read, ${megabytes(bytesWritten)} written`;
}

/** Compares the same run on a day with 1 M events of 100,000 customers and on one with 20 M events of 1 M customers. */
export async function dayFigures(input: CommandInput): Promise<Figure[]> {
  const [small, large] = [await measure(input, sizes[0]), await measure(input, sizes[1])];
  const ratio = large.seconds / small.seconds;
  const rebuild = large.daySeconds / large.seconds;
  const perMillion = 1_000_000 / newEvents;
  return [
    { name: "a run of 30,000 events, day of 1 M", measured: told(small), goal: "-", met: true },
    { name: "a run of 30,000 events, day of 20 M", measured: told(large), goal: "-", met: true },
    { name: "the second, times the first", measured: ratio.toFixed(2), goal: "≤ 1.5", met: ratio <= 1.5 },
    {
      name: "building the day of 20 M, times a run",
      measured: rebuild.toFixed(0),
      goal: "≥ 10",
      met: rebuild >= 10,
    },
    {
      name: "cost of a million new events in such runs",
      measured: `${(large.cpuSeconds * perMillion).toFixed(0)} CPU s, ${megabytes(large.bytesWritten * perMillion)} written`,
      goal: "-",
      met: true,
    },
    { name: "files of silver after 20 M events", measured: String(large.files), goal: "-", met: true },
  ];
}
