import { layout, type Step } from "../layout";

/** Paths of a step's records and half-written files, under the lake's root: see jobs/spark/step.py. */
export function stepPaths(step: Step) {
  const lake = layout("");
  return {
    commits: lake.commits(step),
    claims: lake.claims(step),
    decided: lake.decided(step),
    staging: lake.staging(step),
  };
}
