import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { CommandInput } from "../../command-line/command-input";
import { runInForeground } from "../../toolchain/process/foreground";

export interface Outcome {
  passed: number;
  failed: number;
}

const jestSummary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/**
 * Runs the tests whose path matches `pattern`.
 * @param args further arguments of jest
 */
export async function jestRing(
  pattern: string,
  { root, env }: Pick<CommandInput, "root" | "env">,
  args: readonly string[],
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "rings-"));
  const outputFile = join(folder, "result.json");
  const jest = join(root, "node_modules/jest/bin/jest.js");
  const code = await runInForeground(
    process.execPath,
    [jest, pattern, "--json", "--outputFile", outputFile, ...args],
    { cwd: root, env },
  );
  try {
    const summary = jestSummary.parse(JSON.parse(readFileSync(outputFile, "utf8")));
    const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
    return { passed: summary.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch {
    console.error(`${pattern}: jest ended with exit code ${code} and left no result`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
