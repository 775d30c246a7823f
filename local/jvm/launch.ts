import { execFile } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { promisify } from "node:util";

/** A command line, ready for `spawn`. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** How to start one Java service: format its data once, write its files before each start, run one process. */
export interface Launch {
  /** Contents of files to write before each start, by absolute path. */
  readonly files: Readonly<Record<string, string>>;
  /** Formats an empty data folder; undefined for a service that does so itself. */
  readonly format?: Command;
  /** Whether the data folder holds data already, and must not be formatted again. */
  readonly isFormatted?: () => boolean;
  readonly start: Command;
}

/** The Java that runs a service. */
export interface Jvm {
  /** The executable. */
  readonly java: string;
  /** Absolute paths of the jars. */
  readonly classPath: readonly string[];
  /** A class data sharing archive made from exactly this class path; it halves the time to start. */
  readonly archive?: string | undefined;
}

/** On macOS Java takes the locale from the system, whatever the environment says, and Kafka names files in its digits. */
export const plainDigits = ["-Duser.language=en", "-Duser.country=US"];

/** Only the C1 compiler and one garbage collector thread: with few cores these services then start sooner and use less. */
const quickStart = [
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-Djava.awt.headless=true",
  ...plainDigits,
];

/**
 * @param heapMegabytes maximum size of the heap
 * @param folders class path entries after the jars; an archive stays valid when entries are only added at the end
 */
export function javaCommand(
  jvm: Jvm,
  heapMegabytes: number,
  options: readonly string[],
  main: readonly string[],
  folders: readonly string[] = [],
): Command {
  return {
    command: jvm.java,
    args: [
      ...quickStart,
      `-Xmx${heapMegabytes}m`,
      ...(jvm.archive === undefined ? [] : ["-Xshare:auto", `-XX:SharedArchiveFile=${jvm.archive}`]),
      ...options,
      "-cp",
      [...jvm.classPath, ...folders].join(delimiter),
      ...main,
    ],
  };
}

/**
 * Writes the files of a launch and formats its data folder, unless it is formatted. Throws with the innermost cause,
 * or the last line of the output, when formatting fails.
 */
export async function prepareLaunch(launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  for (const [path, content] of Object.entries(launch.files)) {
    mkdirSync(dirname(path), { recursive: true });
    // Written atomically: another service that shares the file may be reading it.
    const partial = `${path}.${process.pid}.partial`;
    writeFileSync(partial, content);
    renameSync(partial, path);
  }
  if (launch.format === undefined || launch.isFormatted?.()) return;
  const { command, args } = launch.format;
  try {
    await promisify(execFile)(command, [...args], { env, maxBuffer: 64 * 1024 ** 2 });
  } catch (error) {
    throw new Error(`formatting failed: ${lastLineOf(error)} (command: ${command} … ${args.at(-1)})`);
  }
}

function lastLineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const output = [
    "stdout" in error ? String(error.stdout) : "",
    "stderr" in error ? String(error.stderr) : "",
  ].join("\n");
  const causes = output.match(/^(?:Caused by: )?[\w.$]+(?:Exception|Error)\b.*$/gm);
  return causes?.at(-1)?.replace("Caused by: ", "") || output.trim().split("\n").at(-1) || error.message;
}
