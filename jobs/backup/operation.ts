import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ClickHouseError } from "@clickhouse/client";
import { z } from "zod";
import type { Engine } from "../serve/engine";
import { megabytes } from "./megabytes";

/** Name of the disk on which ClickHouse's configuration allows backups. */
export const backupDisk = "backups";

const lookEveryMs = 1000;
const sayEveryMs = 15_000;
/** How long ClickHouse may not answer, because it restarts or the connection is lost. */
const silentForMs = 120_000;

const operation = z.object({
  status: z.string(),
  error: z.string(),
  total_size: z.coerce.number(),
  bytes_read: z.coerce.number(),
});

type Operation = z.infer<typeof operation>;

const running = z.object({ name: z.string(), status: z.string(), start_time: z.string() });

/** Backups and restores that ClickHouse is running, in words. */
export async function runningOperations(engine: Engine): Promise<string[]> {
  const rows = await engine.rows(
    "SELECT name, status, toString(start_time) AS start_time FROM system.backups WHERE status IN ('CREATING_BACKUP', 'RESTORING')",
    running,
  );
  return rows.map(({ name, status, start_time }) => `${name} is ${status} since ${start_time} UTC`);
}

/** Asks again while there is no answer; a refusal by ClickHouse itself is final. */
async function look(engine: Engine, id: string): Promise<Operation> {
  const select = `SELECT status, error, total_size, bytes_read FROM system.backups WHERE id = '${id}'`;
  for (const until = Date.now() + silentForMs; ; await sleep(lookEveryMs)) {
    const found = await engine.rows(select, operation).catch((error: unknown) => {
      if (error instanceof ClickHouseError || Date.now() > until) throw error;
    });
    if (found === undefined) continue;
    if (found[0]) return found[0];
    throw new Error("ClickHouse was restarted, and what it was at is lost with that");
  }
}

/** An error without its stack trace in ClickHouse's code. */
function reason(error: string): string {
  return (error.split(/, Stack trace|\n/)[0] ?? "").slice(0, 500);
}

/**
 * Runs a BACKUP or RESTORE to its end. It runs asynchronously in ClickHouse, so that a broken connection does not end it.
 * @param say gets lines about its progress
 * @throws Error with ClickHouse's message when it fails
 */
export async function runOperation(
  engine: Engine,
  statement: string,
  say: (line: string) => void,
): Promise<Operation> {
  const id = randomUUID();
  await engine.run(`${statement} SETTINGS id = '${id}' ASYNC`);
  for (let saidAt = Date.now(); ; await sleep(lookEveryMs)) {
    const now = await look(engine, id);
    if (/_FAILED$|_CANCELLED$/.test(now.status)) throw new Error(reason(now.error) || now.status);
    if (now.status !== "CREATING_BACKUP" && now.status !== "RESTORING") return now;
    if (Date.now() - saidAt < sayEveryMs) continue;
    say(`${megabytes(now.bytes_read)} of ${megabytes(now.total_size)}`);
    saidAt = Date.now();
  }
}
