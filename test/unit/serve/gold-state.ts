import type { GoldCommit } from "../../../lake/records";
import { goldRecord } from "../../../testbed/records";
import type { Publication, Served } from "../../../jobs/serve/served";

export function publicationOfRun(run: number): Publication {
  return {
    run,
    snapshot: `s${String(run).padStart(8, "0")}`,
    committedAt: new Date(Date.UTC(2026, 5, 1, 0, run)).toISOString(),
  };
}

/** Commit record of a run of gold with the given changes. */
export function goldRecordOf(run: number, changed: GoldCommit["changed"] = {}): GoldCommit {
  const { snapshot, committedAt } = publicationOfRun(run);
  return goldRecord({ run, bronzeThrough: run }, { run, snapshot, committedAt, changed });
}

/** A table that serves run `run` on both paths, with the contract's columns. */
export function servedAt(run: number | undefined): Served {
  const publication = run === undefined ? undefined : publicationOfRun(run);
  return { imported: publication, zeroCopy: publication, importedDifference: "", zeroCopyDifference: "" };
}
