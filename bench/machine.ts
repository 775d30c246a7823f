import { cpus, loadavg, totalmem } from "node:os";

/** The machine that figures were measured on, in one line. */
export function machine(): string {
  const cores = cpus();
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? "unknown"}, ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${process.version}, load before ${load}`;
}
