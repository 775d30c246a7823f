import type { GoldCommit } from "../../lake/records";
import type { Table } from "../../lake/tables";
import type { Publication, Served } from "./served";

/** How an imported table is loaded: not at all, by its changed days, or in full, with the reason. */
export type Load =
  | { readonly kind: "none" }
  | { readonly kind: "days"; readonly days: readonly string[] }
  | { readonly kind: "full"; readonly reason: string };

export interface TablePlan {
  readonly table: Table;
  readonly imported: Load;
  /** Whether the zero-copy table must be pointed at the target's snapshot. */
  readonly repoint: boolean;
  /** What ClickHouse served when the plan was made. */
  readonly served: Served;
}

/** One publish, which brings every table to the state of one run of gold. */
export interface Plan {
  readonly target: GoldCommit;
  readonly tables: readonly TablePlan[];
}

export function publicationOf({ snapshot, run, committedAt }: GoldCommit): Publication {
  return { snapshot, run, committedAt };
}

function same(a: Publication | undefined, b: Publication): boolean {
  return a?.run === b.run && a.snapshot === b.snapshot && a.committedAt === b.committedAt;
}

function load(
  table: Table,
  served: Served,
  target: GoldCommit,
  records: ReadonlyMap<number, GoldCommit>,
): Load {
  const full = (reason: string): Load => ({ kind: "full", reason });
  const from = served.imported;
  if (served.importedDifference !== "") return full(`columns differ: ${served.importedDifference}`);
  if (!from) return full("nothing is served yet");
  if (from.run > target.run)
    return full(`it serves gold's run ${from.run}, the lake's newest is ${target.run}`);
  const origin = records.get(from.run);
  if (!origin || !same(from, publicationOf(origin)))
    return full(`gold's run ${from.run} that it serves is not in the lake's records`);
  const changes = [...records.values()]
    .filter(({ run }) => run > from.run && run <= target.run)
    .flatMap(({ changed }) => changed[table.name] ?? []);
  if (changes.length === 0) return { kind: "none" };
  if (changes.includes("all") || table.partitionedBy === null) return full("the whole table changed");
  return { kind: "days", days: [...new Set(changes)].sort() };
}

/**
 * Plans how each table gets from what it serves to `target`: by the union of the changed days of all runs in between, or
 * in full where these runs are not known.
 * @param records gold's records by run: those that tables serve now, if they still exist, and all later ones.
 * @param distrusted tables to load in full, whatever they serve.
 */
export function planPublish(
  tables: readonly Table[],
  served: ReadonlyMap<string, Served>,
  target: GoldCommit,
  records: ReadonlyMap<number, GoldCommit>,
  distrusted: ReadonlySet<string> = new Set(),
): Plan {
  return {
    target,
    tables: tables.map((table) => {
      const now = served.get(table.name);
      if (!now) throw new Error(`nothing is known of what ClickHouse serves as ${table.name}`);
      return {
        table,
        served: now,
        repoint: now.zeroCopyDifference !== "" || !same(now.zeroCopy, publicationOf(target)),
        imported: distrusted.has(table.name)
          ? { kind: "full", reason: "it disagreed with the zero-copy path" }
          : load(table, now, target, records),
      };
    }),
  };
}

/** Whether any table is not yet at the plan's target. */
export function isDue({ target, tables }: Plan): boolean {
  return tables.some(
    ({ imported, repoint, served }) =>
      repoint || imported.kind !== "none" || !same(served.imported, publicationOf(target)),
  );
}
