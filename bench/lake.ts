import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventTopics } from "../lake/events";
import { runInForeground } from "../toolchain/process/foreground";
import type { CommandInput } from "../command-line/command-input";
import { reportSchema, type Report } from "../smoke/report-schema";
import type { Figure } from "./figure";

const runSeconds = 120;
const rate = 2000;
const ports = 28_300;

/** Runs a fresh lake at 2,000 events/s for two minutes, with faults, and reads the figures in its report. */
export async function lakeFigures({ root, env }: CommandInput): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const reportFile = join(folder, "report.json");
  try {
    const words = `start --for ${runSeconds} --rate ${rate} --malformed 0.01 --duplicates 0.01 --late 0.01 --trigger 10 --every 15 --ports ${ports}`;
    const args = [...words.split(" "), "--data", join(folder, "lake"), "--report", reportFile];
    const code = await runInForeground(process.execPath, [join(root, "commands/bootstrap.mjs"), ...args], {
      cwd: root,
      env,
    });
    return figures(reportSchema.parse(JSON.parse(readFileSync(reportFile, "utf8"))), code);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function figures(report: Report, code: number): Figure[] {
  const sent = eventTopics.reduce((sum, topic) => sum + (report.topics[topic].sent ?? 0), 0);
  const { p50, p95, max } = report.freshnessSeconds;
  const gigabytes = (report.peakMemoryBytes ?? Infinity) / 1024 ** 3;
  const firstGold = report.secondsToFirstGold ?? Infinity;
  const seconds = (value: number | null) => (value === null ? "none" : `${value.toFixed(0)} s`);
  return [
    {
      name: "start to first gold row in ClickHouse",
      measured: seconds(firstGold),
      goal: "≤ 75 s",
      met: firstGold <= 75,
    },
    {
      name: "peak memory of everything",
      measured: `${gigabytes.toFixed(2)} GB`,
      goal: "≤ 4 GB",
      met: gigabytes <= 4,
    },
    {
      name: "events sent per second",
      measured: (sent / runSeconds).toFixed(0),
      goal: `${rate} (± 5 %)`,
      met: Math.abs(sent / runSeconds / rate - 1) <= 0.05,
    },
    { name: "freshness, median", measured: seconds(p50), goal: "-", met: true },
    {
      name: "freshness, 95th percentile",
      measured: seconds(p95),
      goal: "≤ 60 s",
      met: p95 !== null && p95 <= 60,
    },
    { name: "freshness, worst", measured: seconds(max), goal: "-", met: true },
    {
      name: "reconciled, all checks passed",
      measured: report.ok ? "100 %" : "no",
      goal: "100 %",
      met: report.ok && code === 0,
    },
  ];
}
