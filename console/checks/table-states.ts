import { tableKeys, type TableKey } from "../../lake/tables";
import type { HopName } from "../flow/hop-names";
import type { CheckMessage, FlowMessage, TableState } from "../messages";

/** The hops whose state is that of a layer's tables: readers see gold through ClickHouse. */
const hopsOfLayer: Readonly<Record<string, readonly HopName[]>> = {
  bronze: ["bronze"],
  silver: ["silver"],
  gold: ["gold", "clickhouse"],
};

export interface StateSources {
  /** The error of a hop's newest run, as a sentence; null if the run did not fail. */
  readonly failureOf: (hop: HopName) => string | null;
  readonly hops: FlowMessage["hops"];
  readonly checks: readonly (Pick<CheckMessage, "status" | "name" | "text" | "atMs"> & {
    readonly about: readonly string[];
  })[];
}

/** Of each table the worst of three: its newest run, how its hop keeps up, and what the smoke checks found in it. */
export function tableStates(sources: StateSources): Readonly<Record<string, TableState>> {
  return Object.fromEntries(tableKeys.map((key) => [key, stateOf(key, sources)]));
}

function stateOf(key: TableKey, { failureOf, hops, checks }: StateSources): TableState {
  const names = hopsOfLayer[key.split(".")[0] ?? ""] ?? [];
  const own = hops.filter(({ name }) => names.includes(name));
  const failure = names.map(failureOf).find((each) => each !== null) ?? null;
  if (failure !== null) return { state: "wrong", why: failure, atMs: null };
  const stalled = own.find(({ state }) => state === "stalled");
  if (stalled) return { state: "wrong", why: stalled.why ?? "It does not keep up.", atMs: null };
  const found = checks.filter(({ about }) => about.includes(key));
  const failed = found.find(({ status }) => status === "failed");
  if (failed) return { state: "wrong", why: `${failed.name}: ${failed.text}`, atMs: failed.atMs };
  const waiting = own.find(({ state }) => state === "waiting");
  if (waiting) return { state: "unknown", why: waiting.why ?? "It has no rows yet.", atMs: null };
  const notReached = found.find(({ status }) => status === "not-reached");
  if (notReached) return { state: "unknown", why: notReached.text, atMs: notReached.atMs };
  const checkedMs = Math.min(...found.map(({ atMs }) => atMs));
  return found.length === 0
    ? { state: "unknown", why: "The smoke checks have not looked at it yet.", atMs: null }
    : {
        state: "right",
        why: `It passed ${found.length} smoke check${found.length === 1 ? "" : "s"}.`,
        atMs: checkedMs,
      };
}
