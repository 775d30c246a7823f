import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CommandInput } from "../command-line/command-input";
import type { Figure } from "./figure";

const users = 10_000;
const range = { from: "2026-01-05T00:00:00Z", to: "2026-01-12T00:00:00Z" };
const goalPerSecond = 80_000;

/** Writes a week of 10,000 customers to files, as fast as possible. */
export async function eventsimFigures({ root, env }: CommandInput): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const startedAt = performance.now();
    await promisify(execFile)(
      process.execPath,
      [
        ...["--import", "tsx", join(root, "jobs/eventsim/cli.ts"), "--sink", "file", "--file", folder],
        ...["--users", String(users), "--from", range.from, "--to", range.to],
      ],
      { cwd: root, env, maxBuffer: 64 * 1024 ** 2 },
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const { stdout: lines } = await promisify(execFile)("sh", ["-c", `cat ${folder}/*_events* | wc -l`]);
    const perSecond = Number(lines) / seconds;
    return [
      {
        name: "EventSim to files, events per second, start included",
        measured: perSecond.toFixed(0),
        goal: `≥ ${goalPerSecond}`,
        met: perSecond >= goalPerSecond,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
