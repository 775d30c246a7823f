import { run } from "./run";
import { onPath } from "./java";
import { SetUpFailure } from "./failure";
import { versions } from "../../versions";

export interface Python {
  executable: string;
  /** `3.11`. */
  minorVersion: string;
}

const { major, minor } = versions.minimum.python;
const names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10"];

/**
 * The interpreter that PYTHON names, else the first on the PATH that is new enough. Throws a SetUpFailure
 * when there is none.
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<Python> {
  const named = env.PYTHON;
  const tooOld: string[] = [];
  for (const name of named ? [named] : names) {
    const executable = name.includes("/") ? name : onPath(name, env);
    if (executable === undefined) continue;
    const found = await versionOf(executable, env);
    if (found === undefined) continue;
    const [foundMajor = 0, foundMinor = 0] = found.split(".").map(Number);
    if (foundMajor === major && foundMinor >= minor) return { executable, minorVersion: found };
    tooOld.push(`${executable} is ${found}`);
  }
  const where = named ? `PYTHON (${named})` : "the PATH";
  throw new SetUpFailure(
    `No Python ${major}.${minor} or newer found by ${where}${tooOld.length > 0 ? ` (${tooOld.join(", ")})` : ""}; Spark and dbt need it. Install one (for example apt install python3 python3-venv, or brew install python), or set PYTHON to it.`,
  );
}

async function versionOf(executable: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const script = "import sys; print('%d.%d' % sys.version_info[:2])";
  const { code, output } = await run(executable, ["-c", script], { env });
  const version = output.trim().split("\n").at(-1);
  return code === 0 && version !== undefined && /^\d+\.\d+$/.test(version) ? version : undefined;
}
