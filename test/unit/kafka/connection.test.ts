import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { openKafka } from "../../../jobs/kafka/open";
import { connectionOf } from "../../../jobs/kafka/security";
import { projectRoot } from "../../../stacks/platform-stack";

test("a client waits ten seconds for a broker, with or without a log-in", () => {
  const sasl = { mechanism: "scram-sha-512", username: "u", password: "p" } as const;
  expect(connectionOf("a:1,b:2")).toEqual({ brokers: ["a:1", "b:2"], connectionTimeout: 10_000 });
  expect(connectionOf("a:1", { sasl })).toEqual({ brokers: ["a:1"], connectionTimeout: 10_000, sasl });
});

test("the client library is known in one room alone", () => {
  const tracked = execFileSync("git", ["ls-files", "*.ts"], { cwd: projectRoot, encoding: "utf8" })
    .trim()
    .split("\n");
  const rooms = tracked
    // Examples are code that users would write.
    .filter((path) => !/^(test|examples)\//.test(path))
    .filter((path) => readFileSync(join(projectRoot, path), "utf8").includes('"kafkajs"'))
    .map((path) => path.split("/").slice(0, -1).join("/"));
  expect([...new Set(rooms)]).toEqual(["jobs/kafka"]);
});

test("where nobody listens, a call says where, and that it is no matter of the log-in", async () => {
  const kafka = openKafka({ brokers: "127.0.0.1:1", clientId: "test", retries: 0 });
  await expect(kafka.topics()).rejects.toMatchObject({
    message: expect.stringMatching(/^Kafka at 127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/) as string,
    refusesLogIn: false,
  });
  await kafka.close();
  const sending = openKafka({ brokers: "127.0.0.1:1", clientId: "test", retries: 1 });
  await expect(sending.producer()).rejects.toThrow(/^Kafka at 127\.0\.0\.1:1 does not answer: /);
});
