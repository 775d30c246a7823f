import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInvocation } from "../../../smoke/command-line";
import { loadProfile } from "../../../profiles";
import { projectRoot } from "../../../stacks/platform-stack";
import { bronzeApplication } from "../../../stacks/lakehouse/bronze";
import { akhqLoginScript, akhqLoginWords } from "../../../stacks/akhq/values";
import { catalogueWords, eventsimScript, eventsimWords } from "../../../stacks/lakehouse/eventsim";
import { goldApplication, silverApplication } from "../../../stacks/lakehouse/layers";
import { watchdogScript, watchdogWords } from "../../../stacks/lakehouse/watchdog";
import { serveScript, serveWords } from "../../../stacks/serving/serve";
import { smokeWords } from "../../../stacks/smoke/job";

const flags = (words: readonly string[]) => words.filter((word) => word.startsWith("--"));

/** Options that a program of the node image lists in its help. */
function known(script: string, ...command: string[]): string[] {
  const words = ["--import", "tsx", script, ...command, "--help"];
  const help = execFileSync(process.execPath, words, { cwd: projectRoot, encoding: "utf8" });
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

  test("EventSim knows every option that it is started with", () => {
    expect(known(eventsimScript)).toEqual(expect.arrayContaining(flags(eventsimWords(profile))));
    expect(known(eventsimScript, "publish-catalogue")).toEqual(
      expect.arrayContaining(flags(catalogueWords(profile))),
    );
  });

  test("so does serve", () => {
    expect(known(serveScript)).toEqual(expect.arrayContaining(flags(serveWords(profile))));
  });

  test("and the watchdog", () => {
    expect(known(watchdogScript)).toEqual(expect.arrayContaining(flags(watchdogWords(profile))));
  });

  test("and what writes AKHQ's log-in", () => {
    if (!profile.akhq.enabled) return;
    expect(known(akhqLoginScript)).toEqual(expect.arrayContaining(flags(akhqLoginWords(profile))));
  });

  test("and bronze", () => {
    expect(knownOf("jobs/bronze/options.py", "jobs/bronze/kafka_security.py")).toEqual(
      expect.arrayContaining(flags(wordsOf(bronzeApplication(profile)))),
    );
  });

  test.each([silverApplication, goldApplication])("and what builds silver and gold", (application) => {
    expect(knownOf("jobs/refine/options.py")).toEqual(
      expect.arrayContaining(flags(wordsOf(application(profile)))),
    );
  });
});

test("the smoke checks take the words and passwords of their Job", () => {
  const environment = { ...process.env };
  Object.assign(process.env, { SMOKE_KAFKA_PASSWORD: "k", SMOKE_CLICKHOUSE_PASSWORD: "c" });
  try {
    const invocation = parseInvocation(smokeWords(loadProfile("ci")));
    expect(invocation?.options).toMatchObject({
      endpoints: { kafka: "10.243.0.2:9093", lake: "/lake" },
      kafka: { sasl: { username: "smoke", password: "k", mechanism: "scram-sha-512" } },
      clickhouse: { username: "reader", password: "c" },
    });
  } finally {
    process.env = environment;
  }
});
