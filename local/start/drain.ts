import { setTimeout as sleep } from "node:timers/promises";
import { isDrained, type Flow } from "../../console/flow/observer";

/** How long the lake may make no progress at all before draining is given up. */
const stalledSeconds = 180;
const lookEverySeconds = 1;

/**
 * Waits until everything in Kafka has reached ClickHouse. The source must have stopped.
 * Throws an Error that names the lagging hop when nothing moves for three minutes.
 */
export async function drain(observe: () => Promise<Flow>, signal: AbortSignal): Promise<Flow> {
  let flow = await observe();
  let movedAtMs = Date.now();
  while (!isDrained(flow)) {
    signal.throwIfAborted();
    await sleep(lookEverySeconds * 1000, undefined, { signal });
    const next = await observe();
    if (progress(next) !== progress(flow)) {
      movedAtMs = Date.now();
    }
    flow = next;
    if (Date.now() - movedAtMs > stalledSeconds * 1000) throw new Error(stalled(flow));
  }
  return flow;
}

/** A text that changes whenever a hop makes progress. */
function progress({ bronze, quarantine, newestSilver, newestGold, newestServe }: Flow): string {
  return [bronze + quarantine, newestSilver?.run, newestGold?.run, newestServe?.publish].join(" ");
}

function stalled(flow: Flow): string {
  const landed = flow.bronze + flow.quarantine;
  const hop =
    landed < flow.kafka
      ? `bronze has ${landed} of Kafka's ${flow.kafka} records`
      : flow.silver < landed
        ? `silver has seen ${flow.silver} of bronze's ${landed} records`
        : flow.gold < flow.silver
          ? `gold has ${flow.gold} of silver's ${flow.silver} records`
          : `ClickHouse has ${flow.served} of gold's ${flow.gold} records`;
  return `nothing moved for ${stalledSeconds} s while draining: ${hop}; see the logs of that step`;
}
