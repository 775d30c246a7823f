import type { RefineCommit } from "../../../lake/records";
import type { Publication, Served } from "../../../jobs/serve/served";

export function publicationOfRun(run: number): Publication {
  return {
    run,
    snapshot: `s${String(run).padStart(8, "0")}`,
    committedAt: new Date(Date.UTC(2026, 5, 1, 0, run)).toISOString(),
  };
}

/** A refine record of a run that changed what is given. */
export function refineRecord(run: number, changed: RefineCommit["changed"] = {}): RefineCommit {
  const { snapshot, committedAt } = publicationOfRun(run);
  return {
    step: "refine",
    run,
    startedAt: committedAt,
    committedAt,
    bronzeThrough: run,
    touchedDays: [],
    snapshot,
    changed,
    rows: {},
    rejected: {},
    tests: { passed: 0, warned: 0 },
  };
}

/** A table that serves run `run` on both paths, with the contract's columns. */
export function servedAt(run: number | undefined): Served {
  const publication = run === undefined ? undefined : publicationOfRun(run);
  return { imported: publication, zeroCopy: publication, importedDifference: "", zeroCopyDifference: "" };
}
