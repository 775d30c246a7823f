import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { secretsPage, secretsToMake } from "../../../deploy/render/secrets-page";
import { loadProfile } from "../../../profiles";
import { external } from "../../fixtures/planned";

const page = (changes = "") => secretsPage(loadProfile("kind", changes), []);

/** What a command of the page passes to kubectl when bash runs it. */
function given(secret: string, text: string): Record<string, string> {
  const [, commands = ""] = new RegExp(`## ${secret}\n\n\`\`\`\n(.*?)\n\`\`\``, "s").exec(text) ?? [];
  const args = execFileSync("bash", ["-euc", `kubectl() { printf '%s\\n' "$@"; }\n${commands}`], {
    encoding: "utf8",
  });
  const literals = [...args.matchAll(/^--from-literal=(.*?)=(.*)$/gm)];
  return Object.fromEntries(literals.map(([, key = "", value = ""]) => [key, value]));
}

test("the commands make passwords that nobody has twice, under the keys that are read", () => {
  const one = given("lake/clickhouse-users", page());
  expect(Object.keys(one)).toEqual(["serve", "reader"]);
  for (const password of Object.values(one)) expect(password).toMatch(/^[0-9a-f]{32}$/);
  expect(one.serve).not.toBe(one.reader);
  expect(given("lake/clickhouse-users", page())).not.toEqual(one);
});

test("and beside AKHQ's the hashes of just these", () => {
  const made = given("lake/akhq-login", page());
  for (const key of ["reader", "operator", "token"])
    expect(made[`${key}-sha256`]).toBe(
      createHash("sha256")
        .update(made[key] ?? "")
        .digest("hex"),
    );
});

test("Secrets that Strimzi makes are named, and nobody is asked to make them", () => {
  expect(page()).toContain("- lake/bronze (password)");
  expect(page()).toContain("- lake/lake-cluster-ca-cert (ca.crt)");
  expect(secretsToMake(loadProfile("kind")).join()).not.toMatch(/bronze|cluster-ca/);
});

test("Secrets of one's own are asked for by their names", () => {
  const own =
    'clickhouse.existingSecret=our-users akhq.existingSecret=our-logins console.existingSecret=our-people images.pullSecrets=["our-registry"]';
  expect(secretsToMake(loadProfile("kind", own))).toEqual([
    "lake/our-users (serve, reader)",
    "lake/our-logins (reader, operator, token, reader-sha256, operator-sha256, token-sha256)",
    "lake/our-people (reader, operator)",
    "lake/our-registry (.dockerconfigjson)",
    "lake-operators/our-registry (.dockerconfigjson)",
  ]);
  expect(page(own)).toContain(
    "kubectl -n lake create secret docker-registry our-registry --docker-server=...",
  );
});

test("passwords that somebody else's Kafka and ClickHouse know are not made up", () => {
  const text = page(`${external.kafka} ${external.clickhouse} akhq.enabled=false console.enabled=false`);
  expect(text).toContain("kubectl -n lake create secret generic u2 \\\n  --from-literal=password=...");
  expect(text).toContain("kubectl -n lake create secret generic their-ca \\\n  --from-file=ca.crt");
  expect(text).toContain("--from-literal=serve=...");
  expect(text).not.toContain("openssl");
});

test("a Secret that a chart of others would have made is named with its keys, and none of its values", () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "webhook", namespace: "x" },
    data: { "tls.key": "c2VjcmV0" },
  };
  const text = secretsPage(loadProfile("kind"), [secret]);
  expect(text).toContain("- x/webhook (tls.key)");
  expect(text).not.toContain("c2VjcmV0");
});
