import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../../stacks/platform-stack";

const folder = mkdtempSync(join(tmpdir(), "akhq-"));
const [password, out] = [join(folder, "password"), join(folder, "login.yml")];
const args = [
  ...["--import", "tsx", "jobs/akhq/cli.ts", "--kafka-user", "akhq", "--kafka-password-file", password],
  ...["--connection", "lake", "--out", out],
];
afterAll(() => rmSync(folder, { recursive: true }));

interface LoginFile {
  readonly "kafka-login.dollar": string;
  readonly akhq: { readonly connections: { readonly lake: { readonly properties: Record<string, string> } } };
}

/** The value as Micronaut reads it, with each placeholder replaced by its value. */
function written(): string | undefined {
  const { akhq, ...names } = parse(readFileSync(out, "utf8")) as LoginFile;
  return akhq.connections.lake.properties["sasl.jaas.config"]?.replaceAll(
    /\$\{([^}]*)\}/g,
    (_, name: keyof typeof names) => names[name],
  );
}

test.each(["secret", 'q"uo\\te', "${HOME}$5", "'; #{x} %", "äöü €"])(
  "the password %j comes through",
  (text) => {
    writeFileSync(password, `${text}\n`);
    execFileSync(process.execPath, args, { cwd: projectRoot });
    const [, quoted = ""] = / required username="akhq" password="(.*)";$/.exec(written() ?? "") ?? [];
    expect(quoted.replaceAll(/\\(.)/g, "$1")).toBe(text);
    expect(quoted.replaceAll(/\\./g, "")).not.toContain('"');
  },
);

test("nobody else may read the file", () => {
  expect(statSync(out).mode & 0o777).toBe(0o600);
});

test("a password file that is empty stops it, in one line", () => {
  writeFileSync(password, "\n");
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toBe(
    `akhq: --kafka-password-file: got '${password}' (${password} is empty), allowed: a readable file with the user's password\n`,
  );
});
