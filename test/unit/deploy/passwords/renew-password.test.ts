import { createHash } from "node:crypto";
import { jest } from "@jest/globals";
import { runPlatformCommand } from "../../../../deploy/cli";
import { passwordsOf } from "../../../../deploy/passwords/password";
import { loadProfile } from "../../../../profiles";
import { external, givenManifests, planOf, stackOf } from "../../../fixtures/planned";
import { FakeKubectl, type State } from "./fake-kubectl";

jest.setTimeout(60_000);

let said: string[];
let kubectl: FakeKubectl;
beforeEach(() => {
  said = [];
  const note = (line: string) => void said.push(line);
  jest.spyOn(console, "error").mockImplementation(note);
  jest.spyOn(console, "log").mockImplementation(note);
});
afterEach(() => {
  jest.restoreAllMocks();
  kubectl.remove();
});

const old = (...keys: string[]) => ({
  metadata: { uid: "old" },
  data: Object.fromEntries(keys.map((key) => [key, Buffer.from("old").toString("base64")])),
});

function run(state: Partial<State> & { refuses?: string }, ...args: string[]): Promise<number> {
  kubectl = new FakeKubectl(state);
  return runPlatformCommand("renew-password", ["kind", ...args], kubectl.env);
}

test("Strimzi makes a deleted Secret anew; bronze is started anew when it is there", async () => {
  const state = { secrets: { bronze: old("password") }, looksUntilMade: 2 };
  expect(await run(state, "--user", "kafka/bronze")).toBe(0);
  expect(kubectl.value("bronze", "password")).toBe("new");
  expect(kubectl.state.done).toEqual([
    "delete secret bronze",
    'patch sparkapplication/bronze --subresource=status --type=merge --patch {"status":{"applicationState":{"state":"INVALIDATING"}}}',
  ]);
  expect(said).toEqual([
    "kafka/bronze: Secret bronze has a new password",
    "sparkapplication/bronze: RUNNING",
    "sparkapplication/bronze: INVALIDATING",
    "sparkapplication/bronze: RUNNING",
  ]);
});

test("what runs for a moment reads it anew by itself", async () => {
  expect(await run({ secrets: { watchdog: old("password") } }, "--user", "kafka/watchdog")).toBe(0);
  expect(kubectl.state.done).toEqual(["delete secret watchdog"]);
  expect(said.at(-1)).toBe("nothing to restart: each run reads it anew");
});

test("ClickHouse's: the other user keeps its own, the server is started before its client", async () => {
  const state = { secrets: { "clickhouse-users": old("serve", "reader") } };
  expect(await run(state, "--user", "clickhouse/serve")).toBe(0);
  expect(kubectl.value("clickhouse-users", "serve")).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(kubectl.value("clickhouse-users", "reader")).toBe("old");
  expect(kubectl.state.done).toEqual([
    "patch secret clickhouse-users --patch-file",
    "rollout restart statefulset/clickhouse",
    "rollout status statefulset/clickhouse --timeout=900s",
    "rollout restart deployment/serve",
    "rollout status deployment/serve --timeout=900s",
  ]);
});

test("AKHQ's log-ins have their hash beside them; of several users each workload is started once", async () => {
  const state = { secrets: { "akhq-login": old("reader", "operator", "token"), akhq: old("password") } };
  expect(await run(state, "--user", "akhq/reader", "akhq/token", "kafka/akhq")).toBe(0);
  for (const key of ["reader", "token"]) {
    const password = kubectl.value("akhq-login", key);
    const hash = createHash("sha256").update(password).digest("hex");
    expect(kubectl.value("akhq-login", `${key}-sha256`)).toBe(hash);
  }
  expect(kubectl.value("akhq-login", "reader")).not.toBe(kubectl.value("akhq-login", "token"));
  expect(kubectl.value("akhq-login", "operator")).toBe("old");
  expect(kubectl.state.done.filter((line) => line.startsWith("rollout restart"))).toEqual([
    "rollout restart deployment/akhq",
  ]);
});

test("nothing is deleted while nobody would make it anew", async () => {
  const state = { secrets: { bronze: old("password") }, entityOperators: 0 };
  expect(await run(state, "--user", "kafka/bronze")).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(/^deployment lake-entity-operator is not available, .* nothing was changed/),
  ]);
  expect(kubectl.state.done).toEqual([]);
});

test("a password that is somebody's own is not touched, nor any that was named beside it", async () => {
  const changes = ["--set", external.kafka, "akhq.enabled=false"];
  const state = { secrets: { u2: old("password"), "clickhouse-users": old("reader") } };
  expect(await run(state, "--user", "clickhouse/reader", "kafka/bronze", ...changes)).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(
      /^kafka\/bronze: the password is yours, .* key password of Secret u2, .*--restart-only$/,
    ),
  ]);
  expect(kubectl.state.done).toEqual([]);
});

test("with its own Secret written by hand, only who uses it is started anew", async () => {
  const changes = ["--set", external.kafka, "akhq.enabled=false"];
  expect(await run({}, "--user", "kafka/eventsim", "--restart-only", ...changes)).toBe(0);
  expect(kubectl.state.done).toEqual([
    "rollout restart deployment/eventsim",
    "rollout status deployment/eventsim --timeout=900s",
  ]);
});

test("a restart that fails says that the password is new, and how to go on", async () => {
  const state = { secrets: { eventsim: old("password") }, refuses: "rollout" };
  expect(await run(state, "--user", "kafka/eventsim")).toBe(1);
  expect(said.at(-1)).toBe(
    "kubectl rollout of deployment/eventsim failed: the new password is in its Secret, run this again with --restart-only",
  );
});

test.each([
  [
    ["--user", "bronze"],
    /^--user: got 'bronze', allowed: kafka\/eventsim, kafka\/bronze, .*console\/operator$/,
  ],
  [[], /^--user: got nothing, allowed: kafka\/eventsim/],
])("%j is not understood", async (args, says) => {
  expect(await run({}, ...args)).toBe(2);
  expect(said).toEqual([expect.stringMatching(says)]);
});

test("every password that a stack speaks of can be renewed, and what is started anew is there", () => {
  kubectl = new FakeKubectl({});
  const plan = planOf("kind");
  const passwords = passwordsOf(loadProfile("kind"));
  const users = givenManifests(stackOf(plan, "kafka")).filter(({ kind }) => kind === "KafkaUser");
  expect(passwords.filter(({ madeBy }) => madeBy === "strimzi").map(({ secret }) => secret)).toEqual(
    users.map(({ metadata }) => metadata.name),
  );
  const all = JSON.stringify(plan);
  for (const { secret } of passwords) expect(all).toContain(`"${secret}"`);
  const workloads = [
    ...plan.flatMap(({ workloads }) => workloads),
    ...givenManifests(stackOf(plan, "lakehouse")),
  ].map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  // Charts create those two.
  const there = [...workloads, "statefulset/clickhouse", "deployment/akhq"];
  for (const { kind, name } of passwords.flatMap(({ readBy }) => readBy))
    expect(there).toContain(`${kind}/${name}`);
});
