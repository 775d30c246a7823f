import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolderLock, shortHash } from "./cache";
import { diskFull, SetUpFailure } from "./failure";
import type { Progress, Step } from "./progress";
import type { Python } from "./python";
import { run } from "./run";

export interface PythonEnvironmentOptions {
  python: Python;
  /** The folder with the `requirements*.txt` locks. */
  locks: string;
  cache: string;
  env: NodeJS.ProcessEnv;
  progress: Progress;
}

/** The locks of the build tools, of the run-time packages and of the development tools, in this order. */
const lockNames = ["requirements-build.txt", "requirements.txt", "requirements-dev.txt"];

/** The only package that has no wheel; nothing else may be compiled on the user's machine. */
const sourceOnly = "pyspark";

/**
 * Returns the `python` of a virtual environment with exactly the locked packages. It is built in the cache unless it
 * exists. The file `complete` is written last: an environment without it was interrupted, and is rebuilt.
 */
export async function preparePython(options: PythonEnvironmentOptions): Promise<string> {
  const { python, locks, cache, progress } = options;
  const lockText = lockNames.map((name) => readFileSync(join(locks, name), "utf8"));
  const key = shortHash(...lockText, python.minorVersion, process.platform, process.arch);
  const folder = join(cache, `python-${key}`);
  const executable = join(folder, "venv", "bin", "python");
  const complete = join(folder, "complete");
  // The link to an interpreter that an upgrade removed is broken: then the environment is rebuilt.
  const isWhole = (): boolean => existsSync(complete) && existsSync(executable);
  if (isWhole()) return executable;

  await withFolderLock(folder, progress, async () => {
    if (isWhole()) return;
    rmSync(complete, { force: true });
    const step = progress.step("Python packages");
    step.at(`making an environment of Python ${python.minorVersion}`);
    const packages = await build(folder, options, step);
    writeFileSync(complete, "");
    step.done(`${packages} packages in ${folder}`);
  });
  return executable;
}

async function build(folder: string, options: PythonEnvironmentOptions, step: Step): Promise<number> {
  const { python, locks, env } = options;
  const log = join(folder, "install.log");
  const venv = join(folder, "venv");
  rmSync(venv, { recursive: true, force: true });

  const made = await run(python.executable, ["-m", "venv", venv], { env });
  writeFileSync(log, `${made.output}\n`);
  if (made.code !== 0) {
    rmSync(venv, { recursive: true, force: true });
    throw venvFailure(made.output, python, log);
  }
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"];
  const [build = "", ...rest] = lockNames.map((name) => join(locks, name));
  const steps = [
    [...pip, "--upgrade", "-r", build],
    [
      ...pip,
      ...["--no-build-isolation", "--only-binary", ":all:", "--no-binary", sourceOnly],
      ...["--resume-retries", "20", "--progress-bar", "raw"],
      ...rest.flatMap((lock) => ["-r", lock]),
    ],
  ];
  let packages = 0;
  for (const args of steps) {
    const follow = followPip(step);
    const { code, output } = await run(join(venv, "bin", "python"), args, { env, onLine: follow });
    writeFileSync(log, `${output}\n`, { flag: "a" });
    if (code !== 0) throw pipFailure(output, folder, log);
    packages += /^Successfully installed (.*)$/m.exec(output)?.[1]?.split(" ").length ?? 0;
  }
  return packages;
}

/** Updates the step from pip's lines. `--progress-bar raw` prints `Progress <bytes> of <bytes>`. */
function followPip(step: Step): (line: string) => void {
  let file = "";
  return (line) => {
    const started = /^\s*Downloading (?:\S*\/)?(\S+)(?: \((.*)\))?$/.exec(line);
    if (started) file = `${started[1]}${started[2] === undefined ? "" : ` (${started[2]})`}`;
    const bytes = /^Progress (\d+) of (\d+)$/.exec(line.trim());
    if (bytes) step.at(`${file} ${Math.floor((100 * Number(bytes[1])) / Math.max(Number(bytes[2]), 1))} %`);
    else if (started) step.at(file);
    else if (line.startsWith("Building wheel")) step.at("building pyspark");
    else if (line.startsWith("Installing collected packages")) step.at("installing");
  };
}

export function venvFailure(output: string, python: Python, log: string): SetUpFailure {
  if (/ensurepip|No module named venv/.test(output)) {
    return new SetUpFailure(
      `${python.executable} cannot make an environment: its venv module is missing. Install it (Debian, Ubuntu: apt install python${python.minorVersion}-venv) and start again.`,
    );
  }
  if (isDiskFullOutput(output)) return diskFull(log);
  return new SetUpFailure(
    `${python.executable} could not make an environment: "${lastLine(output)}". The whole output is in ${log}.`,
  );
}

export function pipFailure(output: string, folder: string, log: string): SetUpFailure {
  if (isDiskFullOutput(output)) return diskFull(folder);
  if (/DO NOT MATCH THE HASHES/.test(output)) {
    return new SetUpFailure(
      `A Python package is not the locked one: ${/^\s*(\S+==\S+|\S+) from .*$/m.exec(output)?.[1] ?? "see the log"} has another SHA-256 than jobs/python/requirements.txt. Run \`pip cache purge\` and start again; if it stays, your package index serves something else. The whole output is in ${log}.`,
    );
  }
  if (
    /NewConnectionError|NameResolutionError|name resolution|Max retries exceeded|Connection refused|Network is unreachable|timed out|ConnectionResetError|IncompleteRead|ProxyError|HTTPError/.test(
      output,
    )
  ) {
    return new SetUpFailure(
      `The Python packages could not be downloaded: the package index cannot be reached. Check the network (a proxy: HTTPS_PROXY; a mirror: PIP_INDEX_URL) and start again. The whole output is in ${log}.`,
    );
  }
  return new SetUpFailure(
    `The Python packages could not be installed: "${lastError(output)}". Another Python can be chosen with PYTHON. The whole output is in ${log}.`,
  );
}

function isDiskFullOutput(output: string): boolean {
  return /No space left on device|Errno 28|Disk quota exceeded/.test(output);
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

function lastError(output: string): string {
  const errors = output.split("\n").filter((line) => /^\s*(ERROR|error):/i.test(line));
  return (errors.at(-1) ?? lastLine(output)).trim() || "pip said nothing";
}
