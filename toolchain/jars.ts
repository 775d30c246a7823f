import { mkdirSync, readFileSync, statSync, existsSync } from "node:fs";
import { join } from "node:path";
import artifactUrl from "mvn-artifact-url";
import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import { withFolderLock, shortHash } from "./cache";
import { download, type Download } from "./download";
import { diskFull, isDiskFull } from "./failure";
import { jarFileName, jarGroups, readJarsLock, type Jar, type JarGroup } from "./jars-lock";
import { megabytes, type Progress } from "./progress";

export interface JarsOptions {
  /** The path of `jars.lock.json`. */
  lock: string;
  /** Groups of jars to download; all when absent. */
  groups?: readonly JarGroup[];
  cache: string;
  /** URL of a Maven repository to use instead of Maven Central, ending in `/` or not. */
  repository: string | undefined;
  /** Whether to use the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY of this process name, as npm and pip do. */
  behindProxy: boolean;
  progress: Progress;
  retries?: number;
  firstPauseMilliseconds?: number;
}

/** Absolute paths of each group's jars, in class path order. Files of groups that were not requested may not exist. */
export type Jars = Record<JarGroup, string[]>;

const downloadsAtOnce = 4;

/** Downloads the locked jars that the cache does not have yet, and returns their paths. Throws a SetUpFailure. */
export async function prepareJars(options: JarsOptions): Promise<Jars> {
  const lock = readJarsLock(options.lock);
  const folder = join(options.cache, `jars-${shortHash(readFileSync(options.lock, "utf8"))}`);
  const groups = options.groups ?? jarGroups;
  const all = groups.flatMap((group) =>
    lock.groups[group].map((jar) => ({ jar, path: join(folder, group, jarFileName(jar)) })),
  );
  const missing = (): typeof all => all.filter(({ jar, path }) => sizeOf(path) !== jar.bytes);

  if (missing().length > 0) {
    await withFolderLock(folder, options.progress, async () => {
      const wanted = missing();
      if (wanted.length === 0) return;
      for (const group of groups) mkdirSync(join(folder, group), { recursive: true });
      const prefix = options.repository?.replace(/\/*$/, "/");
      await downloadAll(
        await Promise.all(
          wanted.map(async ({ jar, path }) => ({ ...jar, path, url: await urlOf(jar, prefix) })),
        ),
        options,
      );
    }).catch((error: unknown) => {
      throw isDiskFull(error) ? diskFull(folder) : error;
    });
  }
  const paths = (group: JarGroup): string[] =>
    lock.groups[group].map((jar) => join(folder, group, jarFileName(jar)));
  return { kafka: paths("kafka"), hdfs: paths("hdfs"), "spark-connector": paths("spark-connector") };
}

async function downloadAll(files: Download[], options: JarsOptions): Promise<void> {
  const step = options.progress.step("Jars");
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let come = files.reduce((sum, file) => sum + sizeOf(`${file.path}.part`), 0);
  const show = (): void => step.at(`${Math.floor((100 * come) / total)} % of ${megabytes(total)}`);
  show();
  const dispatcher: Dispatcher = options.behindProxy ? new EnvHttpProxyAgent() : new Agent();
  const waiting = [...files];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await download(file, {
        dispatcher,
        retries: options.retries ?? 5,
        firstPauseMilliseconds: options.firstPauseMilliseconds ?? 500,
        onBytes: (bytes) => {
          come += bytes;
          show();
        },
      });
    }
  };
  try {
    // After a failure the running downloads end first: the next set-up may begin at once, with the same files.
    const ended = await Promise.allSettled(
      Array.from({ length: downloadsAtOnce }, () =>
        work().catch((error: unknown) => {
          waiting.length = 0;
          throw error;
        }),
      ),
    );
    const failed = ended.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
  } finally {
    await dispatcher.destroy();
  }
  step.done(`${files.length} files, ${megabytes(total)}`);
}

/** @param prefix URL of a Maven repository to use instead of Maven Central, ending in `/` */
export function urlOf(jar: Jar, prefix: string | undefined): Promise<string> {
  return artifactUrl(
    {
      groupId: jar.groupId,
      artifactId: jar.artifactId,
      version: jar.version,
      ...(jar.classifier === undefined ? {} : { classifier: jar.classifier }),
    },
    prefix,
  );
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
