import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrphanGuard } from "../../toolchain/process/orphan-guard";
import { withFolderLock, shortHash } from "../../toolchain/cache";
import type { Progress } from "../../toolchain/progress";
import type { ClassList, RehearsalOptions } from "./rehearsal";
import { run } from "../../toolchain/run";
import type { Toolchain } from "../../toolchain/setup";

/** Paths of class data sharing archives, by the program that starts faster with them; those not made are absent. */
export interface Archives {
  kafka?: string;
  hdfs?: string;
  spark?: string;
}

export interface ArchivesOptions {
  toolchain: Toolchain;
  /** The path of `class_list.py`. */
  script: string;
  env: NodeJS.ProcessEnv;
  progress: Progress;
}

const names = ["kafka", "hdfs", "spark"] as const;

/** The archives that exist already; makes none. */
export function findArchives(options: ArchivesOptions): Archives {
  return found(archivesFolder(options));
}

/** Whether every program has its archive. */
export function isComplete(archives: Archives): boolean {
  return names.every((name) => archives[name] !== undefined);
}

function archivesFolder({ toolchain, script }: ArchivesOptions): string {
  const { javaBuild, python, jars, cache } = toolchain;
  const key = shortHash(javaBuild, python, ...jars.kafka, ...jars.hdfs, readFileSync(script, "utf8"));
  return join(cache, `archives-${key}`);
}

function found(folder: string): Archives {
  const paths = names.map((name): [string, string] => [name, join(folder, `${name}.jsa`)]);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}

/**
 * Makes archives of the classes that Kafka, HDFS and Spark load, once for each Java and set of jars, by running each
 * program for a moment. They halve the processor time of every start. A failure is reported, and has no other effect.
 */
export async function prepareArchives(options: ArchivesOptions): Promise<Archives> {
  const folder = archivesFolder(options);
  if (!isComplete(found(folder))) await withFolderLock(folder, options.progress, () => make(folder, options));
  return found(folder);
}

async function make(folder: string, options: ArchivesOptions): Promise<void> {
  const { toolchain, script, env, progress } = options;
  const { java, python, jars } = toolchain;
  const missing = names.filter((name) => !existsSync(join(folder, `${name}.jsa`)));
  if (missing.length === 0) return;
  // Imported here, so that a set-up with nothing to do need not load it.
  const { rehearseHdfs, rehearseKafka, rehearseSpark } = await import("./rehearsal");
  const step = progress.step("Class archives");
  const guard = new OrphanGuard();
  const scratch = mkdtempSync(join(tmpdir(), "class-archives-"));
  const rehearsal = (name: string): RehearsalOptions => {
    const own = join(scratch, name);
    mkdirSync(own);
    return { java, folder: own, env, guard };
  };
  const archive = async (name: string, { lists, classPath }: ClassList): Promise<void> => {
    step.at(`archiving the classes of ${name}`);
    await dump(
      join(folder, `${name}.jsa`),
      join(scratch, `${name}.merged`),
      { lists, classPath },
      options,
      guard,
    );
  };
  const passOver = (what: string) => (error: unknown) =>
    progress.line(
      `Class archives: ${what} will start slower: ${error instanceof Error ? error.message : String(error)}`,
    );

  step.at("letting Kafka, HDFS and Spark work a little");
  try {
    if (!existsSync(join(folder, "kafka.jsa"))) {
      await rehearseKafka(rehearsal("kafka"), jars.kafka)
        .then((classes) => archive("kafka", classes))
        .catch(passOver("Kafka"));
    }
    await rehearseHdfs(rehearsal("hdfs"), jars.hdfs, (hdfs) =>
      rehearseSpark(rehearsal("spark"), python, script, `${hdfs}/spark`).catch(passOver("Spark")),
    )
      .then(async ([hdfs, spark]) => {
        await archive("hdfs", hdfs);
        if (spark) await archive("spark", spark);
      })
      .catch(passOver("HDFS and Spark"));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    guard.dismiss();
  }
  step.done(names.filter((name) => existsSync(join(folder, `${name}.jsa`))).join(", "));
}

async function dump(
  path: string,
  merged: string,
  { lists, classPath }: ClassList,
  { toolchain, env }: ArchivesOptions,
  guard: OrphanGuard,
): Promise<void> {
  const classes = new Set(lists.flatMap((list) => readFileSync(list, "utf8").split("\n")));
  writeFileSync(merged, [...classes].join("\n"));
  const partial = `${path}.partial`;
  const { code, output } = await run(
    toolchain.java,
    ["-Xshare:dump", "-Xlog:disable", "-Xlog:all=error"].concat(
      [`-XX:SharedClassListFile=${merged}`, `-XX:SharedArchiveFile=${partial}`],
      ["-cp", classPath],
    ),
    { env, guard },
  );
  if (code !== 0) throw new Error(output.trim().split("\n").at(-1) ?? `java ended with ${code}`);
  renameSync(partial, path);
}
