import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { external } from "../../fixtures/planned";
import { runPlatformCommand, smokeCommand, withoutTrace, type PlatformCommand } from "../../../deploy/cli";

let said: string[];
beforeEach(() => {
  said = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const nowhere = { ...process.env, KUBECONFIG: "/nowhere/kubeconfig", PROFILE: "", PROFILE_SET: "" };
const run = (name: PlatformCommand, ...args: string[]) => runPlatformCommand(name, args, nowhere);

test.each(["deploy", "destroy", "fit", "render", "restore", "diff"] as const)(
  "%s of a profile that nobody knows",
  async (name) => {
    expect(await run(name, "prod", ...(name === "destroy" ? ["--yes"] : []))).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^PROFILE: got 'prod', allowed: kind, small, cloud, ci, /)]);
  },
);

test.each(["deploy", "destroy", "fit", "render", "restore", "diff"] as const)(
  "%s of no profile",
  async (name) => {
    expect(await run(name)).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^PROFILE is not set; allowed: kind/)]);
  },
);

test("a wrong value is refused before anything is asked of the cluster", async () => {
  expect(await run("deploy", "kind", "--set", "bronze.triggerSeconds=0")).toBe(1);
  expect(said).toEqual([
    "profile kind: bronze.triggerSeconds: got 0, allowed: a whole number from 1 to 3600",
  ]);
});

test.each([["deploy"], ["destroy", "--yes"], ["diff"], ["restore"]] as [PlatformCommand, ...string[]][])(
  "%s without a kubeconfig: one line, with what to do",
  async (name, ...args) => {
    expect(await run(name, "kind", ...args)).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^no kubeconfig at \/nowhere\/kubeconfig: set KUBECONFIG, or make/),
    ]);
  },
);

test("smoke without a kubeconfig, too", async () => {
  expect(await withoutTrace(() => smokeCommand("kind", [], nowhere))).toBe(1);
  expect(said[0]).toContain("no kubeconfig at");
});

test.each([
  [["kind", "--stacks", "kafka,spark"], /Allowed are foundation, operators, kafka, hdfs/],
  [["kind", "--tool", "pulumi"], /Allowed choices are terraform, helm/],
  [["kind", "--force"], /unknown option '--force'/],
])("deploy %s is not understood", async (args, says) => {
  expect(await run("deploy", ...args)).toBe(2);
  expect(said[0]).toMatch(says);
});

test.each([
  [["kind", "--replace"], /^--replace needs the name of a backup: npm run restore -- <profile> lists them$/],
  [["kind", "--rehearse"], /^--rehearse needs the name of a backup/],
  [
    ["kind", "lake-1", "--replace", "--rehearse"],
    /--rehearse: got it beside --replace, allowed: one of the two/,
  ],
  [["kind", "lake-1", "lake-2"], /too many arguments/],
])("restore %s is not understood", async (args, says) => {
  expect(await run("restore", ...args)).toBe(2);
  expect(said[0]).toMatch(says);
});

test.each([
  [["--size", "huge"], /'--size <profile>' argument 'huge' is invalid\. Allowed choices are kind, small\./],
  [["small"], /too many arguments/],
])("kind %s is not understood", async (args, says) => {
  expect(await run("kind", ...args)).toBe(2);
  expect(said[0]).toMatch(says);
});

test("kind refuses a wrong value before it asks for Docker", async () => {
  expect(await run("kind", "--size", "small", "--set", "bronze.triggerSeconds=0")).toBe(1);
  expect(said).toEqual([
    "profile small: bronze.triggerSeconds: got 0, allowed: a whole number from 1 to 3600",
  ]);
});

test("a ClickHouse of somebody else's is theirs to restore", async () => {
  expect(await run("restore", "kind", "lake-1", "--set", external.clickhouse)).toBe(1);
  expect(said).toEqual(["profile kind: clickhouse.mode is external: its backups are with whoever runs it"]);
});

test("destroy asks before volumes go, and without a terminal nobody can agree", async () => {
  expect(await run("destroy", "kind")).toBe(1);
  expect(said).toEqual([
    "Nothing was destroyed: say --keep-data to keep the data, or --yes to delete them unasked",
  ]);
});

test("destroy asks before Kafka's topics and passwords go, too, and not for what holds no data", async () => {
  expect(await run("destroy", "kind", "--stacks", "kafka")).toBe(1);
  expect(said).toEqual([expect.stringMatching(/^Nothing was destroyed: say --keep-data/)]);
  said.length = 0;
  expect(await run("destroy", "kind", "--stacks", "lakehouse,serving")).toBe(1);
  expect(said).toEqual([expect.stringMatching(/^no kubeconfig at/)]);
});

test("destroy keeps no data that go with their pod, and says so before anything is changed", async () => {
  const storage = 'kafka.storage={"kind":"emptyDir","sizeGibibytes":2}';
  expect(await run("destroy", "kind", "--keep-data", "--set", storage)).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(
      /^Nothing was destroyed: --keep-data can't keep what is in kafka\.storage \(emptyDir\)/,
    ),
  ]);
});

describe("with a kubeconfig", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "kubeconfig-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const config = (context: string, name = "config") => {
    const path = join(folder, name);
    const cluster = { cluster: { server: "https://127.0.0.1:1" }, name: "c" };
    const content = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [cluster],
      contexts: [{ name: context, context: { cluster: "c", user: "u" } }],
      users: [{ name: "u", user: {} }],
      "current-context": context,
    };
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  test("a context that is not in it, with those that are", async () => {
    const env = { ...nowhere, KUBECONFIG: config("somewhere-else") };
    expect(await runPlatformCommand("deploy", ["kind"], env)).toBe(1);
    // Without kubectl, the message says so instead.
    expect(said[0]).toMatch(/^no context 'kind-lake' in .*; there: somewhere-else$|^kubectl can't be run/);
  });

  test("of several files, as kubectl takes them, each may have it", async () => {
    const files = [config("first", "a"), join(folder, "not there"), config("kind-lake", "b")];
    expect(await runPlatformCommand("deploy", ["kind"], { ...nowhere, KUBECONFIG: files.join(":") })).toBe(1);
    expect(said[0]).toMatch(/^the cluster does not answer \(.*\): is it running\?$|^kubectl can't be run/);
  }, 30_000);

  test("a cluster that does not answer", async () => {
    const env = { ...nowhere, KUBECONFIG: config("kind-lake") };
    expect(await runPlatformCommand("deploy", ["kind"], env)).toBe(1);
    expect(said[0]).toMatch(/^the cluster does not answer \(.*\): is it running\?$|^kubectl can't be run/);
  }, 30_000);
});
