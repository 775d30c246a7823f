import type { ApiServer } from "./api-server";
import type { DataState } from "./data-state";
import { decide } from "./decide";
import { SparkApplication } from "./spark-application";

/** An application, and how to read the state of its data. */
export interface Watched {
  readonly name: string;
  readonly data: (limitMs: number) => Promise<DataState>;
}

export interface Finding {
  /** What was found and done, in one line. */
  readonly line: string;
  /** Whether all is well; if not, somebody should know. */
  readonly isGood: boolean;
}

interface Watch {
  readonly api: ApiServer;
  readonly namespace: string;
  readonly staleSeconds: number;
}

/** Leaves an Event about a restart; the restart is valid even when that fails. */
async function noted(application: SparkApplication, message: string): Promise<string> {
  try {
    await application.warn("StaleData", message);
    return "";
  } catch (error) {
    return ` (without an Event: ${(error as Error).message})`;
  }
}

async function look({ name, data }: Watched, { api, namespace, staleSeconds }: Watch): Promise<Finding> {
  const nowMs = Date.now();
  const found = await data(nowMs - staleSeconds * 1000);
  const application = await SparkApplication.read(api, namespace, name);
  const { restart, why } = decide(found, application.seen, nowMs, staleSeconds);
  const start = `${name}: ${found.kind}: ${found.says}; `;
  if (!restart) return { line: `${start}left alone: ${why}`, isGood: found.kind !== "stale" };
  const message = `restarted by the watchdog: ${found.says}; ${why}`;
  if (!(await application.restart(message)))
    return { line: `${start}left alone: it moved on just now`, isGood: false };
  return { line: `${start}restarted: ${why}${await noted(application, message)}`, isGood: false };
}

/** Checks one application. A state that can't be determined is no reason to restart it. */
export async function watch(watched: Watched, using: Watch): Promise<Finding> {
  try {
    return await look(watched, using);
  } catch (error) {
    const [said = ""] = (error as Error).message.split("\n");
    return { line: `${watched.name}: can't be judged, left alone: ${said}`, isGood: false };
  }
}
