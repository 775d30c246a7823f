import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../../../jobs/watchdog/options";

const folder = mkdtempSync(join(tmpdir(), "watchdog-"));
const password = join(folder, "password");
writeFileSync(password, "secret\n");
afterAll(() => rmSync(folder, { recursive: true }));

const needed = {
  kafka: "broker:9093",
  webhdfs: "http://namenode:9870",
  namespace: "lake",
  "stale-seconds": "600",
};

function args(changes: Readonly<Record<string, string>> = {}): string[] {
  return [
    "node",
    "watchdog",
    ...Object.entries({ ...needed, ...changes }).flatMap(([name, value]) => [`--${name}`, value]),
  ];
}

test("the password is what is in its file", () => {
  const options = readOptions(args({ "kafka-user": "watchdog", "kafka-password-file": password }));
  expect(options).toMatchObject({
    staleSeconds: 600,
    lake: "/lake",
    apiServer: "https://kubernetes.default.svc",
    kafkaSecurity: { sasl: { mechanism: "scram-sha-512", username: "watchdog", password: "secret" } },
  });
});

test.each([
  [{ "stale-seconds": "5" }, "--stale-seconds: got '5', allowed: 60 to 86400"],
  [{ kafka: "broker" }, "--kafka: got 'broker', allowed: host:port"],
  [{ "api-server": "http://plain" }, "--api-server: got 'http://plain', allowed: https://host:port"],
  [{ "kafka-user": "x" }, "--kafka-password-file: got nothing beside --kafka-user"],
  [
    { "kafka-mechanism": "md5" },
    "--kafka-mechanism: got 'md5', allowed: plain, scram-sha-256, scram-sha-512",
  ],
  [{ "kafka-ca": password }, `--kafka-ca: got '${password}', which holds no certificate`],
])("%j is refused", (changes, says) => {
  expect(() => readOptions(args(changes))).toThrow(says);
});
