import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, EnvHttpProxyAgent } from "undici";
import { download } from "../../toolchain/download";
import { findJava } from "../../toolchain/java";
import { urlOf } from "../../toolchain/jars";
import { jarFileName, type Jar } from "../../toolchain/jars-lock";
import { expected, Notes } from "./notes";
import { installed, must, steps } from "./program";

jest.setTimeout(900_000);

const program = join(__dirname, "java");
let notes: Notes;
let java: string;
let folder: string;

/** A Java runtime, which is enough for a lake, has no compiler: one is among the jars. */
beforeAll(async () => {
  const [lock, source] = ["jars.lock.json", "Notes.java"].map((name) =>
    readFileSync(join(program, name), "utf8"),
  );
  java = (await findJava(process.env)).executable;
  folder = await installed("java", [lock ?? "", source ?? ""], async (into) => {
    const libraries = join(into, "lib");
    mkdirSync(libraries, { recursive: true });
    const dispatcher = process.env.HTTPS_PROXY === undefined ? new Agent() : new EnvHttpProxyAgent();
    const jars = JSON.parse(lock ?? "[]") as Jar[];
    for (const jar of jars) {
      const url = await urlOf(jar, process.env.MAVEN_REPOSITORY?.replace(/\/*$/, "/"));
      await download(
        { ...jar, url, path: join(libraries, jarFileName(jar)) },
        { dispatcher, onBytes: () => undefined, retries: 5, firstPauseMilliseconds: 500 },
      );
    }
    await dispatcher.close();
    const compiler = jars.find(({ artifactId }) => artifactId === "ecj");
    if (compiler === undefined) throw new Error("jars.lock.json has no ecj, which compiles Notes.java");
    const to = [
      "--release",
      "17",
      "-encoding",
      "UTF-8",
      "-cp",
      join(libraries, "*"),
      "-d",
      join(into, "classes"),
    ];
    await must(
      java,
      ["-jar", join(libraries, jarFileName(compiler)), ...to, join(program, "Notes.java")],
      program,
    );
  });
  notes = await Notes.start();
});
afterAll(() => notes.stop());

test.each([
  ["as it comes, as DBeaver and Metabase open it", ""],
  ["without compression", "?compress=false"],
  ["with a body in frames of LZ4, too", "?compress=true&decompress=true"],
])("clickhouse-jdbc %s", async (_, options) => {
  await notes.empty();
  const classPath = [join(folder, "classes"), join(folder, "lib", "*")].join(":");
  const url = `jdbc:clickhouse://${notes.http}/clients${options}`;
  const args = ["-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", classPath, "Notes", url];
  expect(await steps(java, args, program)).toEqual(expected);
});
