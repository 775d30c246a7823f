import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { kafkaConnection } from "../../../lake/kafka-security";
import { projectRoot } from "../../../stacks/platform-stack";

test("a client waits ten seconds for a broker, with or without a log-in", () => {
  const sasl = { mechanism: "scram-sha-512", username: "u", password: "p" } as const;
  expect(kafkaConnection("a:1,b:2")).toEqual({ brokers: ["a:1", "b:2"], connectionTimeout: 10_000 });
  expect(kafkaConnection("a:1", { sasl })).toEqual({ brokers: ["a:1"], connectionTimeout: 10_000, sasl });
});

test("no client of Kafka has words of its own for how it connects", () => {
  const tracked = execFileSync("git", ["ls-files", "*.ts"], { cwd: projectRoot, encoding: "utf8" })
    .trim()
    .split("\n");
  const clients = tracked
    .filter((path) => !path.startsWith("test/"))
    .map((path) => ({ path, source: readFileSync(join(projectRoot, path), "utf8") }))
    .filter(({ source }) => source.includes("new Kafka("));
  expect(clients.length).toBeGreaterThan(5);
  const others = clients.filter(
    ({ source }) =>
      !/kafkaConnection\(|KafkaConnection\b/.test(source) || /\bbrokers: \[|connectionTimeout:/.test(source),
  );
  expect(others.map(({ path }) => path)).toEqual([]);
});
