import { totalmem } from "node:os";
import { join } from "node:path";
import type { CommandInput } from "../../command-line/command-input";
import { runInForeground } from "../../toolchain/process/foreground";
import { showProgress } from "../../toolchain/progress";
import { setUpLake } from "../../local/lake-toolchain";
import { choose } from "./choice";
import { jestRing, type Outcome } from "./jest-ring";

/** Memory needed for two test files at once, which start two brokers, two Sparks and more: a small laptop has less. */
const gigabytesForTwo = 16;

/** How many test files of a ring run at once. In `flow` and `faults` each starts a lake that needs the whole machine. */
function workersOf(ring: string): string[] {
  // By default jest leaves one core to itself, which is half of a small machine.
  if (ring === "unit" || ring === "synth") return ["--maxWorkers=100%"];
  return (ring === "jobs" || ring === "clients") && totalmem() >= gigabytesForTwo * 1e9
    ? ["--maxWorkers=2"]
    : ["--runInBand"];
}

function jest(ring: string, input: CommandInput, args: readonly string[]): Promise<Outcome> {
  return jestRing(`test/${ring}/`, input, [...workersOf(ring), ...args]);
}

const pythonFolders = ["jobs", "test", "testbed", "examples"];

/** A command and its arguments. */
type Tool = readonly [string, readonly string[]];

/** Type checks, linters and formatters of every language in the project; each tool counts as one test. */
async function checks(input: CommandInput, python: string): Promise<Outcome> {
  const bin = (name: string) => join(input.root, "node_modules/.bin", name);
  const slowest: Tool[] = [[bin("eslint"), ["."]]];
  const others: Tool[] = [
    [bin("tsc"), ["--noEmit"]],
    [bin("tsc"), ["--noEmit", "--project", "console/page"]],
    [bin("prettier"), ["--check", "--log-level", "warn", "."]],
    [python, ["-m", "ruff", "check", ...pythonFolders]],
    [python, ["-m", "ruff", "format", "--check", "--quiet", ...pythonFolders]],
  ];
  const outcome: Outcome = { passed: 0, failed: 0 };
  const runInTurn = async (tools: readonly Tool[]) => {
    for (const [command, args] of tools) {
      const ok = (await runInForeground(command, args, { cwd: input.root, env: input.env })) === 0;
      outcome[ok ? "passed" : "failed"] += 1;
      if (!ok) console.error(`failed: ${[command, ...args].join(" ")}`);
    }
  };
  // The slowest takes as long as all others together.
  await Promise.all([runInTurn(slowest), runInTurn(others)]);
  return outcome;
}

const rings = ["checks", "unit", "synth", "jobs", "clients", "flow", "faults"] as const;

/** `npm test [-- --ring NAME] [-- args for jest]`: runs every ring in order, then prints `N passed, N failed`. */
export async function test(input: CommandInput): Promise<number> {
  const { chosen, args } = choose("--ring", rings, input.args);
  const toolchain = await setUpLake({
    root: input.root,
    env: input.env,
    progress: showProgress(process.stderr),
  });
  const total: Outcome = { passed: 0, failed: 0 };
  for (const ring of chosen) {
    console.log(`\n== ${ring} ==`);
    const outcome = ring === "checks" ? await checks(input, toolchain.python) : await jest(ring, input, args);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
