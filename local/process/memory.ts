import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Memory of the groups' processes and of `self`, in bytes, from Linux' /proc. */
function linuxBytes(groups: ReadonlySet<number>, self: number): number {
  let bytes = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The command's name, in parentheses, may contain spaces, so fields are counted after it.
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
      if (!groups.has(group) && Number(entry) !== self) continue;
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${entry}/smaps_rollup`, "utf8"))?.[1];
      bytes += Number(pss ?? 0) * 1024;
    } catch {
      // The process ended while it was read.
    }
  }
  return bytes;
}

async function psBytes(groups: ReadonlySet<number>, self: number): Promise<number> {
  const { stdout } = await execute("ps", ["-axo", "pid=,pgid=,rss="]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([pid, group]) => pid === self || groups.has(group ?? -1))
    .reduce((sum, [, , kilobytes]) => sum + (kilobytes ?? 0) * 1024, 0);
}

/**
 * Memory of this process and of all processes of the groups, in bytes: on Linux the proportional set size, which counts
 * shared pages once, otherwise the resident set size.
 */
export async function memoryBytes(groups: ReadonlySet<number>): Promise<number> {
  return process.platform === "linux" ? linuxBytes(groups, process.pid) : psBytes(groups, process.pid);
}
