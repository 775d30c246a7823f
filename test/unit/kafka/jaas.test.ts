import { jaasLine } from "../../../jobs/kafka/jaas";

test.each([
  ["plain", "org.apache.kafka.common.security.plain.PlainLoginModule"],
  ["scram-sha-256", "org.apache.kafka.common.security.scram.ScramLoginModule"],
  ["scram-sha-512", "org.apache.kafka.common.security.scram.ScramLoginModule"],
] as const)("%s", (mechanism, module) => {
  expect(jaasLine({ mechanism, username: "akhq", password: "secret" })).toBe(
    `${module} required username="akhq" password="secret";`,
  );
});

test("what would end the quotes is escaped", () => {
  const line = jaasLine({ mechanism: "plain", username: 'a"b', password: 'c\\d"; x="y' });
  expect(line).toMatch(/ required username="a\\"b" password="c\\\\d\\"; x=\\"y";$/);
});
