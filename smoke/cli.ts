import { writeFileSync } from "node:fs";
import { parseInvocation } from "./command-line";
import type { CheckResult } from "./outcome";
import { linesOf, summaryOf } from "./print";
import { buildReport } from "./report";
import { runSmoke } from "./run";

/** `npm run smoke`: exits 0 when every check passed, 1 when one did not, 2 when they could not be run. */
async function main(words: readonly string[]): Promise<number> {
  const invocation = parseInvocation(words);
  if (!invocation) return 0;
  const { options, json, report, secondsToFirstGold, peakMemoryBytes } = invocation;
  let previous: CheckResult | undefined;
  const results = await runSmoke(options, (result) => {
    for (const line of linesOf(result, previous)) console.log(line);
    previous = result;
  });
  console.log(`\n${summaryOf(results)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  if (report !== undefined) {
    const figures = await buildReport({ options, checks: results, secondsToFirstGold, peakMemoryBytes });
    writeFileSync(report, `${JSON.stringify(figures, null, 2)}\n`);
  }
  return results.every(({ status }) => status === "passed") ? 0 : 1;
}

// A check that timed out may still wait for its answer; exit does not wait for it.
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
