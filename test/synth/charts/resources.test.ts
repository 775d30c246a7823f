import { createHash } from "node:crypto";
import { lint, refusal, renderChart } from "../../fixtures/render-chart";

jest.setTimeout(60_000);

const topic = {
  apiVersion: "kafka.strimzi.io/v1",
  kind: "KafkaTopic",
  metadata: { name: "listen-events", labels: { "strimzi.io/cluster": "lake" } },
  spec: { partitions: 3, config: { "retention.ms": 604_800_000, "cleanup.policy": "{{ delete }}" } },
};

test("passes helm lint", async () => {
  expect(await lint("resources")).toBe("");
});

test("what is given is rendered as it is: dotted keys, large numbers, braces", async () => {
  const chart = await renderChart("resources", { manifests: [topic] });
  expect(chart.objects).toHaveLength(1);
  expect(chart.one("KafkaTopic", "listen-events").spec).toMatchObject(topic.spec);
});

test("nothing is rendered of nothing", async () => {
  expect((await renderChart("resources")).objects).toEqual([]);
});

test("passwords are made, one a key, with their hashes where a server wants them", async () => {
  const generatedSecrets = [{ name: "akhq-users", keys: ["admin", "reader"], sha256: true }];
  const { data = {}, metadata } = (await renderChart("resources", { generatedSecrets })).one(
    "Secret",
    "akhq-users",
  );
  const plain = (key: string) => Buffer.from(data[key] ?? "", "base64").toString();
  expect(Object.keys(data).toSorted()).toEqual(["admin", "admin-sha256", "reader", "reader-sha256"]);
  expect(plain("admin")).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(plain("admin")).not.toBe(plain("reader"));
  expect(plain("admin-sha256")).toBe(createHash("sha256").update(plain("admin")).digest("hex"));
  expect(metadata.annotations["helm.sh/resource-policy"]).toBe("keep");
});

test.each([
  [
    "an object without a kind",
    { manifests: [{ apiVersion: "v1", metadata: { name: "a" } }] },
    /manifests.*kind/s,
  ],
  ["an object without a name", { manifests: [{ apiVersion: "v1", kind: "Secret", metadata: {} }] }, /name/],
  ["a Secret without keys", { generatedSecrets: [{ name: "a", keys: [] }] }, /generatedSecrets.*keys/s],
  ["a key twice", { generatedSecrets: [{ name: "a", keys: ["x", "x"] }] }, /generatedSecrets.*keys/s],
])("%s is refused by name", async (_, values, words) => {
  expect(await refusal("resources", values)).toMatch(words);
});
