import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../../../console/options";

const folder = mkdtempSync(join(tmpdir(), "console-options-"));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
beforeAll(() => {
  file("operator", "o-secret\n");
  file("reader", "r-secret");
  file("clickhouse", "c-secret");
  file("..data", "what Kubernetes adds");
});
afterAll(() => rmSync(folder, { recursive: true }));

const place = [
  ...["--kafka", "kafka:9093", "--hdfs", "hdfs://namenode:8020", "--webhdfs", "http://namenode:9870"],
  ...["--clickhouse", "http://clickhouse:8123"],
];
const read = (...args: string[]) => readOptions(["node", "console", ...place, ...args]);

test("on one machine nobody logs in, and it listens to that machine alone", () => {
  expect(read()).toEqual({
    lake: {
      endpoints: {
        kafka: "kafka:9093",
        hdfs: "hdfs://namenode:8020",
        webhdfs: "http://namenode:9870",
        clickhouse: "http://clickhouse:8123",
        lake: "/lake",
      },
      kafka: {},
      hdfsUser: "lake",
      clickhouse: undefined,
    },
    port: 8080,
    host: "127.0.0.1",
    answerTo: [],
    passwords: undefined,
  });
});

test("passwords are read from their files, and from a folder by the names of people", () => {
  const clickhouse = [
    "--clickhouse-user",
    "reader",
    "--clickhouse-password-file",
    join(folder, "clickhouse"),
  ];
  const options = read(...clickhouse, "--passwords", folder, "--answer-to", "console", "lake.example.com");
  expect(options.lake.clickhouse).toEqual({ username: "reader", password: "c-secret" });
  expect([...(options.passwords ?? [])].toSorted()).toEqual([
    ["operator", "o-secret"],
    ["reader", "r-secret"],
  ]);
  expect(options.answerTo).toEqual(["console", "lake.example.com"]);
});

test.each([
  [
    ["--clickhouse-user", "reader"],
    /^--clickhouse-password-file: got nothing, allowed: both --clickhouse-user/,
  ],
  [["--clickhouse-password-file", "/x"], /^--clickhouse-user: got nothing, allowed: both/],
  [["--passwords", "/nowhere"], /^--passwords: got '\/nowhere', allowed: a readable folder \(ENOENT/],
  [["--passwords", tmpdir()], /^--passwords: got '.*', allowed: a folder with a file reader or operator$/],
  [["--answer-to", "http://lake"], /^--answer-to: .*allowed: host names without a port$/],
  [["--port", "70000"], /^--port: got '70000', allowed: 0 to 65535$/],
])("%j is refused", (args, says) => {
  expect(() => read(...args)).toThrow(says);
});

test("an empty password is no password", () => {
  const empty = mkdtempSync(join(tmpdir(), "console-options-"));
  writeFileSync(join(empty, "operator"), "\n");
  try {
    expect(() => read("--passwords", empty)).toThrow(/operator', allowed: a readable file with a password/);
  } finally {
    rmSync(empty, { recursive: true });
  }
});
