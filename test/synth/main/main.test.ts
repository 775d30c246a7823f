import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../stacks/platform-stack";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "synth-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function synth(env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: projectRoot,
    env: { ...process.env, PROFILE: "", PROFILE_SET: "", CDKTF_OUTDIR: folder, ...env },
    encoding: "utf8",
  });
}

test.each([
  ["kind", 8],
  ["cloud", 9],
  ["ci", 8],
])(
  "what cdktf runs writes the stacks of %s",
  (profile, stacks) => {
    const { status, stderr } = synth({ PROFILE: profile });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readdirSync(join(folder, "stacks"))).toHaveLength(stacks);
  },
  30_000,
);

test.each([
  [{ PROFILE: "prod" }, /^PROFILE: got 'prod', allowed: kind, small, cloud, ci, .*\n$/],
  [
    { PROFILE: "kind", PROFILE_SET: "serve.pollSeconds=0" },
    /^profile kind: serve\.pollSeconds: got 0, allowed: .*\n$/,
  ],
])(
  "%j: a line, no stack trace, and nothing written",
  (env, says) => {
    const { status, stderr } = synth(env);
    expect(status).toBe(1);
    expect(stderr).toMatch(says);
    expect(readdirSync(folder)).toEqual([]);
  },
  30_000,
);
