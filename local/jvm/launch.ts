import { execFile } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { promisify } from "node:util";

/** A command line, ready for `spawn`. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** How one Java service is brought up: data made once, files written before each start, one process. */
export interface Launch {
  /** Content by absolute path, to be written before each start. */
  readonly files: Readonly<Record<string, string>>;
  /** Makes an empty data folder usable; undefined for a service that does so itself. */
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
  /** A class data sharing archive made from exactly this class path: halves the time to start. */
  readonly archive?: string | undefined;
}

/** On macOS Java takes it from the system, whatever the environment says: Kafka would name its files in the digits of a locale. */
export const plainDigits = ["-Duser.language=en", "-Duser.country=US"];

/** C1 alone and one collector thread: on few cores these services start sooner and stay smaller. */
const quickStart = [
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-Djava.awt.headless=true",
  ...plainDigits,
];

/**
 * @param heapMegabytes the most the heap may grow to
 * @param folders class path entries behind the jars; an archive holds for a class path that only goes on behind its own
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
    // Whole or not at all: another service may be reading the file it shares with this one.
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
