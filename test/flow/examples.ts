import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Endpoints } from "../../lake/endpoints";
import { findPython } from "../../toolchain/python";
import { installed, must } from "../clients/program";

const root = resolve(__dirname, "../..");
const execute = promisify(execFile);

async function example(name: string, ...words: string[]): Promise<string> {
  const args = ["--import", "tsx", join("examples", name), ...words];
  return (await execute(process.execPath, args, { cwd: root })).stdout;
}

async function pythonWithKafka(): Promise<string> {
  const found = await findPython(process.env);
  const requirements = join(root, "examples/requirements.txt");
  const content = [readFileSync(requirements, "utf8"), found.minorVersion];
  const folder = await installed("examples", content, async (into) => {
    await must(found.executable, ["-m", "venv", "--clear", join(into, "venv")], root);
    await must(
      join(into, "venv/bin/pip"),
      ["install", "--quiet", "--require-hashes", "-r", requirements],
      root,
    );
  });
  return join(folder, "venv/bin/python");
}

const sentId = (output: string): string => {
  const id = /^sent (\S+) to partition \d+, offset \d+$/m.exec(output)?.[1];
  if (id === undefined) throw new Error(`no event was sent: ${output}`);
  return id;
};

/** Runs both producer examples; resolves with the ids of their events. */
export async function sendByExamples({ kafka }: Endpoints): Promise<string[]> {
  const byNode = await example("send-event.ts", "--kafka", kafka);
  const python = await pythonWithKafka();
  const byPython = await must(python, [join(root, "examples/send_event.py"), "--kafka", kafka], root);
  return [sentId(byNode), sentId(byPython)];
}

/** Lines of JSON, one for each row of bronze of the producers' customer. */
export function readByExample({ webhdfs }: Endpoints): Promise<string> {
  return example("read-bronze.ts", "--webhdfs", webhdfs, "--files", "400", "--customer", "my-customer");
}

export function queryByExample({ clickhouse }: Endpoints): Promise<string> {
  return example("query-gold.ts", "--clickhouse", clickhouse);
}
