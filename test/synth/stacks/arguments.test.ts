import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInvocation } from "../../../smoke/command-line";
import { loadProfile } from "../../../profiles";
import { projectRoot } from "../../../stacks/platform-stack";
import { bronzeApplication } from "../../../stacks/lakehouse/bronze";
import { akhqLoginScript, akhqLoginArgs } from "../../../stacks/akhq/values";
import { eventsim } from "../../../stacks/parts/eventsim";
import { goldApplication, silverApplication } from "../../../stacks/lakehouse/layers";
import { serve } from "../../../stacks/parts/serve";
import { smoke } from "../../../stacks/parts/smoke";
import { watchdog } from "../../../stacks/parts/watchdog";

const flags = (args: readonly string[]) => args.filter((word) => word.startsWith("--"));

/** Options listed in the help of a program of the node image. */
function known(script: string, ...command: string[]): string[] {
  const args = ["--import", "tsx", script, ...command, "--help"];
  const help = execFileSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  return [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
}

/** Options that a Python job adds to its parser. */
function knownOf(...files: string[]): string[] {
  const source = files.map((file) => readFileSync(join(projectRoot, file), "utf8")).join("\n");
  return [...source.matchAll(/"(--[a-z-]+)"/g)].map(([, flag = ""]) => flag);
}

function wordsOf({ spec }: { spec: object }): string[] {
  return (spec as { arguments: string[] }).arguments;
}

describe.each(["kind", "small", "cloud", "ci"])("%s", (name) => {
  const profile = loadProfile(name);

  test.each([eventsim, serve, watchdog])("$name knows every option that it is started with", (part) => {
    const programs = [...part.before(profile), part.program(profile)];
    for (const { script, args } of programs) {
      const command = args.filter((word, index) => index === 0 && !word.startsWith("--"));
      expect(known(script, ...command)).toEqual(expect.arrayContaining(flags(args)));
    }
  });

  test("so does what writes AKHQ's log-in", () => {
    if (!profile.akhq.enabled) return;
    expect(known(akhqLoginScript)).toEqual(expect.arrayContaining(flags(akhqLoginArgs(profile))));
  });

  test("and bronze", () => {
    expect(
      knownOf("jobs/bronze/options.py", "jobs/spark/argument_types.py", "jobs/bronze/kafka_security.py"),
    ).toEqual(expect.arrayContaining(flags(wordsOf(bronzeApplication(profile)))));
  });

  test.each([silverApplication, goldApplication])("and what builds silver and gold", (application) => {
    expect(knownOf("jobs/refine/options.py", "jobs/spark/argument_types.py")).toEqual(
      expect.arrayContaining(flags(wordsOf(application(profile)))),
    );
  });
});

test("the smoke checks take the words and passwords of their Job", () => {
  const environment = { ...process.env };
  Object.assign(process.env, { SMOKE_KAFKA_PASSWORD: "k", SMOKE_CLICKHOUSE_PASSWORD: "c" });
  try {
    const invocation = parseInvocation([...smoke.program(loadProfile("ci")).args]);
    expect(invocation?.options).toMatchObject({
      endpoints: { kafka: "10.243.0.2:9093", lake: "/lake" },
      kafka: { sasl: { username: "smoke", password: "k", mechanism: "scram-sha-512" } },
      clickhouse: { username: "reader", password: "c" },
    });
  } finally {
    process.env = environment;
  }
});
