import type { ChecksMessage } from "../../console/messages";
import { eventTopics } from "../../lake/events";
import { goldTables, rawTableKey, tableKey } from "../../lake/tables";
import { post, readStream } from "../fixtures/console-server";

/** The console starts the smoke checks, once however often it is asked. */
export async function startChecks(url: string): Promise<void> {
  expect(await post(url, "/api/checks", {})).toEqual({ status: 202, answer: { isNew: true } });
  expect(await post(url, "/api/checks", {})).toEqual({ status: 202, answer: { isNew: false } });
}

const didNotPass = ({ checks }: ChecksMessage) =>
  // How soon records are in ClickHouse depends on the machine.
  checks.filter(({ hop, status }) => hop !== "freshness" && status !== "passed");

/** Every check of the run has passed, and each table has a state. */
export async function expectChecked(url: string): Promise<void> {
  const { checks, states } = await readStream(url, (seen) => (seen.checks?.endedMs ?? null) !== null);
  if (!checks) throw new Error("the console said nothing of the checks");
  expect([checks.error, didNotPass(checks)]).toEqual([null, []]);
  expect(checks.checks).toHaveLength(checks.declared);
  expect(checks.checks.every(({ atMs }) => atMs >= (checks.startedMs ?? Infinity))).toBe(true);
  // A slow machine's hop may be stalled for a while, and its tables be wrong by that.
  for (const key of [...eventTopics.map(rawTableKey), ...goldTables.map(tableKey)])
    expect(["right", "wrong"]).toContain(states?.tables[key]?.state);
}
