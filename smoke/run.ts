import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { assignmentEnvironment } from "./assignment";
import type { SmokeOptions } from "./options";
import { checkResult, Outcomes, type CheckResult } from "./outcome";

const root = resolve(__dirname, "..");

/**
 * Runs the checks, each hop in its turn, in one process of jest.
 * @param onCheck is told each outcome as soon as it is there.
 * @throws Error when the checks could not be run at all; a check that fails is an outcome, not an error.
 */
export async function runSmoke(
  options: SmokeOptions,
  onCheck: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "smoke-"));
  try {
    const files = options.checks.map((name) => join(__dirname, `${name}.smoke.ts`));
    const child = spawn(
      process.execPath,
      [
        ...["--import", "tsx", join(root, "node_modules/jest/bin/jest.js")],
        ...["--config", join(__dirname, "jest/config.json"), "--runInBand", "--runTestsByPath", ...files],
      ],
      {
        cwd: root,
        env: assignmentEnvironment({ options, folder }),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let noise = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (noise += text));
    const ended = new Promise<void>((done, fail) => child.once("error", fail).once("close", () => done()));
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith("{")) onCheck(checkResult.parse(JSON.parse(line)));
    await ended;
    const results = new Outcomes(folder).all();
    if (results.length === 0) throw new Error(`the checks could not be run: ${noise.trim() || "no output"}`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
