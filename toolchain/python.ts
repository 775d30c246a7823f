import { run } from "./run";
import { onPath } from "./java";
import { SetUpFailure } from "./failure";
import { versions } from "../versions";

export interface Python {
  executable: string;
  /** `3.11`. */
  minorVersion: string;
}

const { major, minor } = versions.minimum.python;
const { minor: newestMinor } = versions.newest.python;
const names = [
  "python3",
  ...Array.from({ length: newestMinor - minor + 1 }, (_, older) => `python${major}.${newestMinor - older}`),
];

/**
 * Finds the interpreter: the one that PYTHON names, else the first on the PATH that Spark and dbt support. Throws a
 * SetUpFailure when there is none.
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<Python> {
  const named = env.PYTHON;
  const others: string[] = [];
  for (const name of named ? [named] : names) {
    const executable = name.includes("/") ? name : onPath(name, env);
    if (executable === undefined) continue;
    const found = await versionOf(executable, env);
    if (found === undefined) continue;
    const [foundMajor = 0, foundMinor = 0] = found.split(".").map(Number);
    if (foundMajor === major && foundMinor >= minor && foundMinor <= newestMinor)
      return { executable, minorVersion: found };
    others.push(`${executable} is ${found}`);
  }
  const where = named ? `PYTHON (${named})` : "the PATH";
  throw new SetUpFailure(
    `No Python from ${major}.${minor} to ${major}.${newestMinor} found by ${where}${others.length > 0 ? ` (${others.join(", ")})` : ""}; Spark and dbt need it. Install one (for example apt install python3 python3-venv, or brew install python), or set PYTHON to it.`,
  );
}

async function versionOf(executable: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const script = "import sys; print('%d.%d' % sys.version_info[:2])";
  const { code, output } = await run(executable, ["-c", script], { env });
  const version = output.trim().split("\n").at(-1);
  return code === 0 && version !== undefined && /^\d+\.\d+$/.test(version) ? version : undefined;
}
