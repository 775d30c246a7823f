import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Messages of other programs, which no code of the project prints. */
const saidByOthers = [
  'CreateContainerConfigError: secret "bronze" not found',
  "ImagePullBackOff",
  "PENDING_RERUN",
  "SUBMITTED",
  "RUNNING",
  "exec format error",
  "exceeded quota",
  "couldn't find key serve in Secret",
  'secret "clickhouse-users" not found',
  'violates PodSecurity "restricted:v1.30"',
  'namespaces "lake" already exists',
  "networkpolicies.networking.k8s.io is forbidden: … cannot patch",
  "updates to statefulset spec for fields other than … are forbidden",
  "resource mapping not found for … ensure CRDs are installed first",
  "resource Deployment/lake/… not ready. status: Failed, message: Progress deadline exceeded",
  "Could not retrieve the list of available versions for provider",
  "Error acquiring the state lock",
  "Retrieving configuration from Secret lake-trustbundle",
  "Unable to delete topic … from Kafka because topic deletion is disabled",
  "Invalid cluster.id in meta.properties",
  "Retrying fetch (1/3) for 1 outstanding blocks",
  "Connection timeout",
  "Closed connection",
];

/** The words of a text in order; "…" stands for variable parts. */
function words(text: string): string[] {
  return text
    .replace(/[^\p{L}\p{N}_…'.-]+/gu, " ")
    .split(" ")
    .map((word) => word.replace(/^[.'-]+|[.'-]+$/g, ""))
    .filter((word) => word !== "")
    .filter((word, index, all) => word !== "…" || all[index - 1] !== "…");
}

/** Strings over several lines are joined, and the placeholders of a message become "…". */
function wordsOfSource(path: string): string {
  const filled = path.endsWith(".py") ? /\{[^{}\n]*\}/g : /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;
  const joined = read(path).replace(/["'`]\s*\+?\s*\n\s*f?["'`]/g, "");
  return ` ${words(joined.replace(filled, " … ")).join(" ")} `;
}

const sources = execFileSync("git", ["ls-files", "--", ".", ":!test", ":!docs", ":!bench"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => /\.(ts|mjs|py|sh|yaml|tpl)$/.test(path))
  .map(wordsOfSource);

/** A quoted message without the name of its process; numbers, names with dots and offsets are only examples, and so variable. */
function wordsOfMessage(message: string): string[] {
  const value = /[\d_.…]|^lake$|^[A-Z]{4,}$/;
  return words(
    words(message.replace(/^\w+: /, ""))
      .map((word) => (value.test(word) ? "…" : word))
      .join(" "),
  );
}

/** The share of a message's own words that occur in the sources, three or more of them in sequence. */
function shareInSources(message: readonly string[]): number {
  const found = new Set<number>();
  const own = [...message.keys()].filter((index) => message[index] !== "…");
  const least = Math.min(3, own.length);
  for (let start = 0; start < message.length; start += 1)
    for (let end = message.length; end >= start + least; end -= 1) {
      if (!sources.some((source) => source.includes(` ${message.slice(start, end).join(" ")} `))) continue;
      for (let index = start; index < end; index += 1) found.add(index);
      break;
    }
  return own.filter((index) => found.has(index)).length / own.length;
}

const messages = [...read("docs/troubleshooting.md").matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, bold = ""]) =>
  [...bold.matchAll(/`([^`]+)`/g)].map(([, message = ""]) => message.replace(/\s+/g, " ")),
);

function printedShare(message: string): number {
  const others = saidByOthers.map((said) => words(said).join(" "));
  const rest = others.reduce((text, said) => text.replace(said, "…"), words(message).join(" "));
  const own = wordsOfMessage(/^\w+: /.test(message) ? rest.replace(/^\w+ /, "") : rest);
  return own.every((word) => word === "…") ? 1 : shareInSources(own);
}

test("the page quotes messages", () => {
  expect(messages.length).toBeGreaterThan(60);
});

test.each(messages)("a program prints: %s", (message) => {
  expect(printedShare(message)).toBeGreaterThanOrEqual(0.5);
});

test("a message that no program prints is found out", () => {
  expect(printedShare("silver: gold fell into a volcano near Naples")).toBeLessThan(0.4);
});
