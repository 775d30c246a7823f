import { setTimeout as sleep } from "node:timers/promises";
import type { Failures } from "./failure";
import type { Plan } from "./plan";
import type { Publisher } from "./publisher";
import type { Published } from "./publish";
import type { SnapshotRetirement } from "./retire-snapshots";

export interface ServeParts {
  readonly publisher: Publisher;
  readonly retirement: SnapshotRetirement;
  readonly failures: Failures;
  readonly stop: AbortSignal;
  readonly pollSeconds: number;
  readonly checkSeconds: number;
  /** Ends after the first round; a failure in it is thrown. */
  readonly once: boolean;
  /** Gets one line for each publish. */
  readonly report: (line: string) => void;
  readonly say: (line: string) => void;
}

function publishLine({ commit, switchMs, plan }: Published & { plan: Plan }): string {
  const loaded = plan.tables.map(({ table, imported }) => [
    table.name,
    imported.kind === "days" ? imported.days : imported.kind,
  ]);
  return JSON.stringify({
    ...commit,
    loaded: Object.fromEntries(loaded) as Record<string, unknown>,
    switchMs: Math.round(switchMs),
  });
}

/** Publishes new runs of gold, compares the two paths and retires snapshots, until told to stop. */
export async function serve(parts: ServeParts): Promise<void> {
  const { publisher, retirement, failures, stop, once, report, say } = parts;
  let checkedAt = -Infinity;

  async function round(): Promise<void> {
    await publisher.prepare();
    const { run, publish: last } = await publisher.newest();
    if (run === undefined) return;
    const published = await publisher.bringTo(run, last);
    if (published) report(publishLine(published));
    if (performance.now() - checkedAt >= parts.checkSeconds * 1000) {
      for (const [table, difference] of await publisher.check())
        say(`${table}: the two paths disagree (${difference}): the imported table is loaded again in full`);
      checkedAt = performance.now();
    }
    for (const name of await retirement.run(run, published?.commit ?? last))
      say(`deleted snapshot ${name}: no table names it any more`);
  }

  while (!stop.aborted) {
    let waitMs = parts.pollSeconds * 1000;
    try {
      await round();
      failures.clear();
      if (once) return;
    } catch (error) {
      if (stop.aborted) return;
      publisher.forget();
      if (once) throw error;
      waitMs = failures.note(error, "publishing failed");
    }
    await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
