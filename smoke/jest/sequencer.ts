import { basename } from "node:path";
import Sequencer from "@jest/test-sequencer";
import { hops } from "../hops";

type Tests = Parameters<Sequencer["sort"]>[0];

function position(path: string): number {
  return hops.findIndex((hop) => basename(path) === `${hop}.smoke.ts`);
}

/** Runs the files of checks in the order of the hops. */
export default class HopSequencer extends Sequencer {
  override sort(tests: Tests): Tests {
    return [...tests].sort((a, b) => position(a.path) - position(b.path));
  }
}
