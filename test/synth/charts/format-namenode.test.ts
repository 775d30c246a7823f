import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = join(__dirname, "../../../charts/hdfs/files/format-namenode.sh");
const host = "hdfs-namenode-0.hdfs-namenode.lake.svc";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "format-"));
  mkdirSync(join(folder, "bin"));
  // Records the commands for HDFS instead of running them.
  command("hdfs", `echo "$@" >> ${folder}/asked`);
  command("getent", "exit 0");
});
afterEach(() => rmSync(folder, { recursive: true }));

function command(name: string, line: string): void {
  const path = join(folder, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

function holds(...names: string[]): void {
  const current = join(folder, "namenode/current");
  mkdirSync(current, { recursive: true });
  for (const name of names) writeFileSync(join(current, name), "");
}

function prepare(namenodes = `${host}:8020`) {
  const { status, stdout, stderr } = spawnSync("bash", [script], {
    encoding: "utf8",
    timeout: 20_000,
    env: {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      DATA_FOLDER: folder,
      POD_NAME: "hdfs-namenode-0",
      DOMAIN: "hdfs-namenode.lake.svc",
      NAMENODES: namenodes,
    },
  });
  const asked = join(folder, "asked");
  return { status, stdout, stderr, asked: existsSync(asked) ? readFileSync(asked, "utf8").trim() : "" };
}

test("an empty folder is formatted", () => {
  expect(prepare()).toMatchObject({ status: 0, asked: "namenode -format -nonInteractive" });
});

test("a namespace is never formatted again", () => {
  holds("VERSION", "fsimage_0000000000000000042", "fsimage_0000000000000000042.md5", "edits_inprogress_043");
  expect(prepare()).toMatchObject({ status: 0, asked: "" });
});

test("a format that was interrupted is begun anew", () => {
  holds("VERSION", "fsimage.ckpt_0000000000000000000");
  expect(prepare()).toMatchObject({ status: 0, asked: "namenode -format -nonInteractive" });
  expect(existsSync(join(folder, "namenode/current/VERSION"))).toBe(false);
});

test("edits without an image are kept, and it says what to do", () => {
  holds("VERSION", "edits_0000000000000000001-0000000000000000009");
  const { status, stderr, asked } = prepare();
  expect({ status, asked }).toEqual({ status: 1, asked: "" });
  expect(stderr).toMatch(/not formatted, because that would lose them: restore the fsimage/);
  expect(existsSync(join(folder, "namenode/current/edits_0000000000000000001-0000000000000000009"))).toBe(
    true,
  );
});

test("the first of a pair that is new formats", () => {
  const nobody = "127.0.0.1:1";
  expect(prepare(`${host}:8020 ${nobody}`)).toMatchObject({
    status: 0,
    asked: "namenode -format -nonInteractive",
  });
});

test("a failed format of the first of a pair is tried again, and says what it waits for", () => {
  command("hdfs", `echo "$@" >> ${folder}/asked; [ "$(wc -l < ${folder}/asked)" = 2 ]`);
  const { status, stderr, asked } = prepare(`${host}:8020 127.0.0.1:1`);
  expect(status).toBe(0);
  expect(asked.split("\n")).toHaveLength(2);
  expect(stderr).toMatch(
    /not formatted: either the journals can't all be reached yet, or they hold a namespace/,
  );
});
