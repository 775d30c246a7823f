import { basename } from "node:path";
import type { Reporter, Test, TestResult } from "@jest/reporters";
import { hops } from "../hops";
import { readAssignment } from "../assignment";
import { Outcomes } from "../outcome";

/** Writes each outcome to stdout as a line of JSON as soon as it is there, and nothing else. */
export default class OutcomeReporter implements Reporter {
  private readonly outcomes = new Outcomes(readAssignment().folder);
  private told = 0;

  onTestCaseResult(): void {
    for (const outcome of this.outcomes.all().slice(this.told)) {
      this.told += 1;
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
    }
  }

  /** A file of checks that can't even be loaded is a failed check. */
  onTestResult(_test: Test, result: TestResult): void {
    const hop = hops.find((name) => basename(result.testFilePath) === `${name}.smoke.ts`);
    const broken = result.testExecError ?? result.failureMessage;
    const noneRan = !this.outcomes.all().some((outcome) => outcome.hop === hop);
    if (hop && broken && noneRan)
      this.outcomes.add({
        name: "the checks can be run",
        hop,
        status: "failed",
        seconds: 0,
        message: typeof broken === "string" ? broken : broken.message,
      });
    this.onTestCaseResult();
  }

  getLastError(): void {}

  onRunStart(): void {}

  onRunComplete(): void {}
}
