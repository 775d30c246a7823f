import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../command-line/usage-error";
import { readOptions } from "../../../jobs/serve/options";

const needed = {
  "--webhdfs": "http://namenode:9870",
  "--hdfs": "hdfs://namenode:8020",
  "--clickhouse": "http://clickhouse:8123",
};

function read(options: Record<string, string> = {}) {
  return readOptions(["node", "serve", ...Object.entries({ ...needed, ...options }).flat()]);
}

describe("serve's options", () => {
  const folder = mkdtempSync(join(tmpdir(), "serve-options-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("have defaults but for the addresses", () => {
    expect(read()).toEqual({
      webhdfs: "http://namenode:9870",
      hdfs: "hdfs://namenode:8020",
      clickhouse: "http://clickhouse:8123",
      hdfsUser: "lake",
      lake: "/lake",
      clickhouseUser: "default",
      clickhousePassword: "",
      graceSeconds: 60,
      pollSeconds: 1,
      checkSeconds: 300,
      once: false,
    });
  });

  test("take the password from a file, without its line end", () => {
    const file = join(folder, "password");
    writeFileSync(file, "s3cret \n");
    expect(read({ "--clickhouse-password-file": file }).clickhousePassword).toBe("s3cret ");
  });

  test("take every NameNode", () => {
    const two = "http://a:9870,http://b:9870";
    expect(read({ "--webhdfs": two }).webhdfs).toBe(two);
  });

  test.each([
    ["--hdfs", "http://namenode:8020", "hdfs://host:port"],
    ["--webhdfs", "namenode:9870", "http://host:port"],
    ["--webhdfs", "http://a:9870,b:9870", "http://host:port, one for each NameNode"],
    ["--hdfs-user", "A user", "a user's name"],
    ["--clickhouse", "tcp://clickhouse:9000", "http://host:port"],
    ["--lake", "lake", "an absolute path"],
    ["--grace-seconds", "0", "1 to 86400"],
    ["--grace-seconds", "soon", "1 to 86400"],
    ["--poll-seconds", "0", "0.1 to 3600"],
    ["--check-seconds", "1.5", "1 to 86400"],
    ["--clickhouse-password-file", "/nowhere/password", "a readable file"],
  ])("refuse %s %s, with what is allowed", (option, got, allowed) => {
    expect(() => read({ [option]: got })).toThrow(UsageError);
    expect(() => read({ [option]: got })).toThrow(option);
    expect(() => read({ [option]: got })).toThrow(got);
    expect(() => read({ [option]: got })).toThrow(`allowed: ${allowed}`);
  });

  test("name every wrong one at once", () => {
    expect(() => read({ "--lake": "lake", "--poll-seconds": "never" })).toThrow(/--lake.*\n.*--poll-seconds/);
  });
});
