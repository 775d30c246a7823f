import { z } from "zod";
import type { EventTopic } from "../../lake/events";
import { ledgerEnd, ledgerEntry, type LedgerEntry } from "../../lake/ledger";
import { probe } from "../../lake/reference";
import { ledgerTopic } from "../../lake/topics";
import type { LakeUnderTest } from "./lake-under-test";

/** What the sources say they have sent: the newest entry of each source, topic and event hour. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Sources that stopped cleanly: their entries are complete. */
  readonly ended: ReadonlySet<string>;
  /** The source that wrote last, apart from smoke's probes. */
  readonly newestSource: string | undefined;
}

export type LedgerCounts = Pick<LedgerEntry, "good" | "malformed" | "duplicate" | "late" | "tooLate">;

export async function readLedger({ kafka }: LakeUnderTest): Promise<Ledger> {
  const offsets = await kafka.offsets(ledgerTopic);
  const wanted = new Map(
    offsets.map(({ partition, first, next }) => [partition, { from: first, until: next }]),
  );
  const newest = new Map<string, string>();
  for (const { key, value } of await kafka.read(ledgerTopic, wanted)) {
    const name = key?.toString("utf8") ?? "";
    // Deleting first makes the map's order that of the newest records.
    newest.delete(name);
    if (value !== null) newest.set(name, value.toString("utf8"));
  }
  const entries: LedgerEntry[] = [];
  const ended = new Set<string>();
  let newestSource: string | undefined;
  for (const [key, text] of newest) {
    const value = parse(key, text);
    const said = z.union([ledgerEntry, ledgerEnd]).safeParse(value);
    if (!said.success)
      throw new Error(`${ledgerTopic}: record of key ${key} is no ledger entry: ${said.error.message}`);
    if ("endedAt" in said.data) ended.add(said.data.source);
    else entries.push(said.data);
    if (!said.data.source.startsWith(probe.customerPrefix)) newestSource = said.data.source;
  }
  return { entries, ended, newestSource };
}

function parse(key: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${ledgerTopic}: record of key ${key} is not JSON: ${text.slice(0, 200)}`);
  }
}

/** Counts of one topic by source, over all event hours. */
export function countsBySource(ledger: Ledger, topic: EventTopic): ReadonlyMap<string, LedgerCounts> {
  const sums = new Map<string, LedgerCounts>();
  for (const entry of ledger.entries.filter((one) => one.topic === topic))
    sums.set(entry.source, added(sums.get(entry.source), entry));
  return sums;
}

const nothing: LedgerCounts = { good: 0, malformed: 0, duplicate: 0, late: 0, tooLate: 0 };

/** The sum of two counts; either may be absent. */
export function added(sum: LedgerCounts = nothing, more: LedgerCounts = nothing): LedgerCounts {
  return {
    good: sum.good + more.good,
    malformed: sum.malformed + more.malformed,
    duplicate: sum.duplicate + more.duplicate,
    late: sum.late + more.late,
    tooLate: sum.tooLate + more.tooLate,
  };
}
