import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "./run";
import { SetUpFailure } from "./failure";
import { versions } from "../versions";

export interface Java {
  /** The executable itself, not a link to it or a version manager's shim. */
  executable: string;
  /** For JAVA_HOME. */
  home: string;
  major: number;
  /** The build lines of `java -version`, which differ between builds of Java. */
  build: string;
}

const install = `Install a Java ${versions.minimum.javaMajor} (for example openjdk-${versions.minimum.javaMajor}-jre-headless, or temurin with Homebrew), or set JAVA_HOME to one.`;

/** Finds the Java of JAVA_HOME, else of PATH. Throws a SetUpFailure when there is none or it is too old. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java> {
  const named = env.JAVA_HOME;
  const executable = named ? join(named, "bin", "java") : onPath("java", env);
  if (executable === undefined || !isExecutable(executable)) {
    throw new SetUpFailure(
      `No Java found ${named ? `at JAVA_HOME (${executable})` : "on the PATH"}; Kafka, HDFS and Spark need ${versions.minimum.javaMajor} or newer. ${install}`,
    );
  }
  const { output } = await run(executable, ["-XshowSettings:properties", "-version"], { env });
  const major = javaMajor(output);
  if (major === undefined) {
    throw new SetUpFailure(
      `${executable} is no working Java: \`java -version\` said "${output.trim().split("\n")[0]}". ${install}`,
    );
  }
  if (major < versions.minimum.javaMajor) {
    throw new SetUpFailure(
      `${executable} is Java ${major}; Kafka, HDFS and Spark need ${versions.minimum.javaMajor} or newer. ${install}`,
    );
  }
  const home = /^\s*java\.home = (.+)$/m.exec(output)?.[1] ?? dirname(dirname(executable));
  const build = output.split("\n").filter((line) => line.includes("(build "));
  return { executable: join(home, "bin", "java"), home, major, build: build.join("; ") };
}

/** 17 of `openjdk version "17.0.15" …`, 8 of `java version "1.8.0_392"`. */
export function javaMajor(versionOutput: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The first executable of this name on the PATH. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
