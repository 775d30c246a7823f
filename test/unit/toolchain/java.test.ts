import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetUpFailure } from "../../../toolchain/failure";
import { findJava, javaMajor } from "../../../toolchain/java";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "java-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function fakeJava(home: string, says: string): string {
  mkdirSync(join(folder, home, "bin"), { recursive: true });
  const path = join(folder, home, "bin", "java");
  writeFileSync(path, `#!/bin/sh\ncat >&2 <<'END'\n${says}\nEND\n`);
  chmodSync(path, 0o755);
  return join(folder, home);
}

function versionText(version: string, home: string): string {
  return `Property settings:\n    java.home = ${home}\n\nopenjdk version "${version}"\nOpenJDK Runtime Environment (build ${version}+6)`;
}

async function failureOf(env: NodeJS.ProcessEnv): Promise<string> {
  const error: unknown = await findJava(env).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SetUpFailure);
  expect((error as Error).message).not.toContain("\n");
  return (error as Error).message;
}

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['openjdk version "26-ea" 2026-03-17', 26],
])("%s is Java %d", (text, major) => expect(javaMajor(text)).toBe(major));

test("JAVA_HOME goes before the PATH", async () => {
  const named = fakeJava("named", versionText("21.0.1", join(folder, "named")));
  const other = fakeJava("other", versionText("17.0.1", join(folder, "other")));
  const env = { JAVA_HOME: named, PATH: `${join(other, "bin")}:/usr/bin:/bin` };
  expect(await findJava(env)).toEqual({
    executable: join(named, "bin", "java"),
    home: named,
    major: 21,
    build: "OpenJDK Runtime Environment (build 21.0.1+6)",
  });
});

test("a version manager's stand-in on the PATH is followed to the Java itself", async () => {
  const real = fakeJava("real", "");
  const shims = fakeJava("shims", versionText("17.0.9", real));
  const java = await findJava({ PATH: `${join(shims, "bin")}:/usr/bin:/bin` });
  expect(java).toMatchObject({ executable: join(real, "bin", "java"), home: real });
});

test("no Java: says so, and what to install", async () => {
  expect(await failureOf({ PATH: folder })).toMatch(/^No Java found on the PATH; .* 17 or newer\. Install /);
});

test("a JAVA_HOME without a Java: names it", async () => {
  expect(await failureOf({ PATH: "/usr/bin:/bin", JAVA_HOME: folder })).toContain(
    `at JAVA_HOME (${join(folder, "bin", "java")})`,
  );
});

test("an old Java: says which and which version", async () => {
  const home = fakeJava("old", versionText("11.0.2", "/old"));
  const message = await failureOf({ PATH: "/usr/bin:/bin", JAVA_HOME: home });
  expect(message).toMatch(/bin\/java is Java 11; .* need 17 or newer\. Install /);
});

test("a stub that is no Java: repeats what it said", async () => {
  const home = fakeJava("stub", "Unable to locate a Java Runtime.");
  const message = await failureOf({ PATH: "/usr/bin:/bin", JAVA_HOME: home });
  expect(message).toContain('"Unable to locate a Java Runtime."');
});
