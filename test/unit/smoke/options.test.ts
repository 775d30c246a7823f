import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../command-line/usage-error";
import { hops } from "../../../smoke/hops";
import { parseInvocation } from "../../../smoke/command-line";

const folder = mkdtempSync(join(tmpdir(), "smoke-options-"));
const file = join(folder, "endpoints.json");
const endpoints = {
  kafka: "127.0.0.1:1",
  hdfs: "hdfs://127.0.0.1:2",
  webhdfs: "http://127.0.0.1:3",
  clickhouse: "http://127.0.0.1:4",
  lake: "/lake",
};
const passwordFile = join(folder, "password");
const emptyFile = join(folder, "empty");
const caFile = join(folder, "ca.crt");
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
writeFileSync(passwordFile, "s3cret \n");
writeFileSync(emptyFile, "\n");
writeFileSync(caFile, pem);
const broken = join(folder, "broken.json");
writeFileSync(broken, "{");
writeFileSync(file, JSON.stringify(endpoints));
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});
afterAll(() => rmSync(folder, { recursive: true }));

function parse(args: readonly string[]) {
  const invocation = parseInvocation(args);
  if (!invocation) throw new Error("only help was asked for");
  return invocation;
}

describe("options", () => {
  test("takes the addresses from the file, and every check in turn", () => {
    const { options, json, report } = parse(["--endpoints", file]);
    expect(options).toMatchObject({ endpoints, checks: [...hops], settled: false, kafka: {} });
    expect({ json, report }).toEqual({ json: undefined, report: undefined });
  });

  test("puts an address of the command line before the file's, and the environment's between them", () => {
    process.env.SMOKE_KAFKA = "broker:9092";
    process.env.SMOKE_CLICKHOUSE = "http://env:8123";
    const { options } = parse(["--endpoints", file, "--clickhouse", "http://flag:8123"]);
    expect(options.endpoints).toEqual({ ...endpoints, kafka: "broker:9092", clickhouse: "http://flag:8123" });
  });

  test("needs no file where every address is given", () => {
    for (const [name, address] of Object.entries(endpoints))
      process.env[`SMOKE_${name.toUpperCase()}`] = address;
    expect(parse(["--endpoints", join(folder, "none.json")]).options.endpoints).toEqual(endpoints);
  });

  test("runs the checks that are named, without the probe where it is not wanted", () => {
    expect(parse(["--endpoints", file, "--checks", "silver, kafka"]).options.checks).toEqual([
      "silver",
      "kafka",
    ]);
    expect(parse(["--endpoints", file, "--no-probe"]).options.checks).not.toContain("probe");
  });

  test("carries Kafka's and ClickHouse's credentials", () => {
    process.env.SMOKE_KAFKA_PASSWORD = "secret";
    const { options } = parse(["--endpoints", file, "--kafka-user", "smoke", "--clickhouse-user", "reader"]);
    expect(options.kafka.sasl).toEqual({ mechanism: "scram-sha-512", username: "smoke", password: "secret" });
    expect(options.clickhouse).toEqual({ username: "reader", password: "" });
  });

  test("takes passwords from files, without their line ends, and the authority", () => {
    const { options } = parse([
      ...["--endpoints", file, "--kafka-user", "smoke", "--kafka-password-file", passwordFile],
      ...["--kafka-ca", caFile, "--clickhouse-password-file", passwordFile],
    ]);
    expect(options.kafka).toMatchObject({ sasl: { password: "s3cret " }, authority: pem });
    expect(options.clickhouse.password).toBe("s3cret ");
  });

  test("acts as the user of HDFS that is named, and asks every NameNode", () => {
    const two = "http://a:9870,http://b:9870";
    const { options } = parse(["--endpoints", file, "--webhdfs", two, "--hdfs-user", "other"]);
    expect(options).toMatchObject({ hdfsUser: "other", endpoints: { webhdfs: two } });
    expect(parse(["--endpoints", file]).options.hdfsUser).toBe("lake");
  });

  test.each([
    [["--endpoints", "none.json"], /^--endpoints: can't read none\.json .*npm start/],
    [["--endpoints", broken], /^--endpoints: got .*broken\.json, which is not JSON/],
    [["--endpoints", file, "--checks", "bronz"], /^--checks: got 'bronz', .*kafka/],
    [["--endpoints", file, "--checks", "probe", "--no-probe"], /^--checks: got \[\], allowed: at least one/],
    [["--endpoints", file, "--quarantine", "2"], /^--quarantine: got '2', allowed: a share from 0 to 1/],
    [["--endpoints", file, "--trigger", "soon"], /^--trigger: got 'soon', allowed: seconds above 0/],
    [["--endpoints", file, "--kafka", "broker"], /^--kafka: got 'broker', allowed: host:port/],
    [
      ["--endpoints", file, "--kafka-user", "u"],
      /^--kafka-password: got nothing, allowed: the user's password/,
    ],
    [
      ["--endpoints", file, "--kafka-user", "u", "--kafka-password", "p", "--kafka-mechanism", "gssapi"],
      /^--kafka-mechanism: got 'gssapi', .*scram-sha-512/,
    ],
    [["--endpoints", file, "--kafka-ca", "none.pem"], /^--kafka-ca: can't read none\.pem/],
    [
      ["--endpoints", file, "--kafka-ca", passwordFile],
      /^--kafka-ca: got '.*password', which holds no certificate, allowed: certificates as PEM/,
    ],
    [
      ["--endpoints", file, "--kafka-user", "u", "--kafka-password-file", "/none"],
      /^--kafka-password-file: got '\/none' \(ENOENT.*\), allowed: a readable file/,
    ],
    [
      ["--endpoints", file, "--kafka-user", "u", "--kafka-password-file", emptyFile],
      /^--kafka-password-file: got '.*empty' \(.* is empty\), allowed: a readable file/,
    ],
    [
      ["--endpoints", file, "--kafka-password-file", passwordFile],
      /^--kafka-user: got nothing beside a password/,
    ],
    [
      [...["--endpoints", file, "--kafka-password", "p"], "--kafka-password-file", passwordFile],
      /^--kafka-password-file: got .* beside --kafka-password, allowed: one of the two/,
    ],
    [
      ["--endpoints", file, "--clickhouse-password-file", "/none"],
      /^--clickhouse-password-file: got '\/none' \(.*\), allowed: a readable file/,
    ],
    [
      ["--endpoints", file, "--webhdfs", "http://a:1,b:2"],
      /^--webhdfs: got 'http:\/\/a:1,b:2', allowed: http/,
    ],
    [["--endpoints", file, "--hdfs-user", "a b"], /^--hdfs-user: got 'a b', allowed: a user's name/],
    [["--endpoints", file, "--settle"], /unknown option '--settle'/],
    [["--endpoints", file, "--peak-memory-bytes", "much"], /^--peak-memory-bytes: got .*, allowed: a number/],
  ])("refuses %j", (args, message) => {
    expect(() => parseInvocation(args)).toThrow(UsageError);
    expect(() => parseInvocation(args)).toThrow(message);
  });
});
