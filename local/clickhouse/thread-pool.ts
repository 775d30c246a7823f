import { spawn } from "node:child_process";

/** For pings, kills, compression and files, beside one thread for each running query. */
const spareThreads = 6;
const nodesOwnSize = 4;

/**
 * Each running query holds a thread of libuv's pool, whose size is fixed before a program's first line runs.
 * Where the pool is too small, runs this very program again with a larger one, passes signals on, and ends as
 * it ends.
 * @param environment the process' own
 * @returns false when the pool is large enough; else true, and the caller has nothing left to do
 */
export function runWithThreads(queries: number, environment: NodeJS.ProcessEnv): boolean {
  const needed = queries + spareThreads;
  if (Number(environment["UV_THREADPOOL_SIZE"] ?? nodesOwnSize) >= needed) return false;
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...environment, UV_THREADPOOL_SIZE: String(needed) },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128;
    process.disconnect?.();
  });
  child.on("error", (error) => {
    console.error(`Cannot start ${process.execPath}: ${error.message}`);
    process.exitCode = 1;
  });
  return true;
}
