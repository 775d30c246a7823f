import { mkdtempSync, readFileSync, rmSync, existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OrphanGuard } from "../../../toolchain/process/orphan-guard";
import { Supervised, type ProcessSpec } from "../../../local/process/supervised";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

describe("a supervised process", () => {
  let folder: string;
  let guard: OrphanGuard;
  const gaveUp: Error[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "supervised-"));
    guard = new OrphanGuard();
    gaveUp.length = 0;
  });
  afterEach(() => {
    guard.dismiss();
    rmSync(folder, { recursive: true });
  });

  function supervise(script: string, more: Partial<ProcessSpec> = {}): Supervised {
    const spec = {
      name: "part",
      command: "sh",
      args: ["-c", script],
      logFile: join(folder, "log"),
      stopSeconds: 1,
    };
    return new Supervised(
      { ...spec, env: process.env, ...more },
      guard,
      (error) => gaveUp.push(error),
      () => 0.01,
    );
  }

  test("is started again when it dies, and says so", async () => {
    const marker = join(folder, "second");
    const part = supervise(`if [ -e ${marker} ]; then exec sleep 60; else touch ${marker}; exit 3; fi`);
    await part.start();
    await until(() => part.restarts === 1 && part.state.at === "ready");
    expect(gaveUp).toEqual([]);
    await part.stop();
    expect(part.state).toEqual({ at: "stopped" });
  });

  test("is given up after five deaths in a row, with its last words", async () => {
    const part = supervise("echo no room at the inn; exit 7");
    void part.start();
    await until(() => gaveUp.length > 0);
    expect(gaveUp[0]?.message).toContain("part died 5 times in a row (exit code 7)");
    expect(gaveUp[0]?.message).toContain("no room at the inn");
  });

  test("is killed when it does not stop when asked", async () => {
    const part = supervise("trap '' TERM; echo up; while :; do sleep 0.1; done");
    await part.start();
    await until(
      () => existsSync(join(folder, "log")) && readFileSync(join(folder, "log"), "utf8").includes("up"),
    );
    const pid = part.pid ?? 0;
    await part.stop();
    await until(() => !alive(pid));
  });

  test("that ends as it should is not started again", async () => {
    const part = supervise("exit 0", { ends: true });
    await part.start();
    await until(() => part.state.at === "ended");
    expect(part.restarts).toBe(0);
  });

  test("takes its whole group with it", async () => {
    const lines: string[] = [];
    const part = supervise("sleep 60 & echo $!; wait", { onLine: (line) => lines.push(line) });
    await part.start();
    await until(() => lines.length > 0);
    await part.stop();
    await until(() => !alive(Number(lines[0])));
  });

  test("does not outlive a parent that was killed with -9", async () => {
    const parent = spawn(
      process.execPath,
      ["--import", "tsx", resolve(__dirname, "parent-to-kill.ts"), join(folder, "log")],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(chunk.toString());
    expect(alive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !alive(pid));
  });
});
