import { loadProfile } from "../../../profiles";
import { edgesOf } from "../../../stacks/foundation/edges";
import { networkPolicies } from "../../../stacks/foundation/policies";
import { external } from "../../fixtures/planned";

const picture = (profile: string, changes = "") =>
  edgesOf(loadProfile(profile, changes))
    .map(({ from, to, ports }) => `${from} > ${to} ${ports.join(",")}`)
    .sort();

const policies = (profile: string, changes = "") => networkPolicies(loadProfile(profile, changes));

test("kind: the edges are the picture's, and no more", () => {
  expect(picture("kind")).toEqual(
    [
      "akhq > kafka 9093",
      "apiServer > sparkWebhook 9443",
      "bronze > bronze 7078,7079",
      "bronze > dataNode 9866",
      "bronze > kafka 9093",
      "bronze > nameNode 8020",
      "clickhouse > dataNode 9866",
      "clickhouse > nameNode 8020",
      "console > clickhouse 8123",
      "console > dataNode 9864",
      "console > kafka 9093",
      "console > nameNode 9870",
      "dataNode > dataNode 9866,9867",
      "dataNode > nameNode 8020",
      "entityOperator > apiServer 443,6443",
      "entityOperator > kafka 9091",
      "eventsim > dataNode 9864",
      "eventsim > kafka 9093",
      "eventsim > nameNode 9870",
      "gold > dataNode 9866",
      "gold > gold 7078,7079",
      "gold > nameNode 8020",
      "kafka > apiServer 443,6443",
      "kafka > kafka 9090,9091",
      "serve > clickhouse 8123",
      "serve > dataNode 9864",
      "serve > nameNode 9870",
      "silver > dataNode 9866",
      "silver > nameNode 8020",
      "silver > silver 7078,7079",
      "smoke > clickhouse 8123",
      "smoke > dataNode 9864",
      "smoke > kafka 9093",
      "smoke > nameNode 9870",
      "sparkDriver > apiServer 443,6443",
      "sparkOperator > apiServer 443,6443",
      "strimziOperator > apiServer 443,6443",
      "strimziOperator > kafka 8443,9090,9091",
      "watchdog > apiServer 443,6443",
      "watchdog > dataNode 9864",
      "watchdog > kafka 9093",
      "watchdog > nameNode 9870",
    ].map((line) => line.replace("8443,9090,9091", "9090,9091,8443")),
  );
});

test.each(["kafka.zones=false", "kafka.zones=true"])(
  "%s: a broker reaches the API server, where its certificates are",
  (changes) => {
    expect(picture("cloud", changes)).toContain("kafka > apiServer 443,6443");
    const out = policies("cloud", changes).find(({ name }) => name === "kafka-to-api-server-out");
    expect(out?.spec.podSelector).toEqual({ matchLabels: { "strimzi.io/name": "lake-kafka" } });
  },
);

test("HA adds what NameNodes, JournalNodes and ZooKeepers say to each other", () => {
  const added = picture("kind", "hdfs.ha=true").filter((line) => !picture("kind").includes(line));
  expect(added).toEqual([
    "journalNode > journalNode 8485,8480",
    "nameNode > journalNode 8485,8480",
    "nameNode > nameNode 8020,9870,8019",
    "nameNode > zooKeeper 2181",
    "zooKeeper > zooKeeper 2888,3888",
  ]);
});

test("ClickHouse's backup asks ClickHouse, and nothing else; without a backup there is no such edge", () => {
  const ofBackup = (profile: string) => picture(profile).filter((line) => line.includes("clickhouseBackup"));
  expect(ofBackup("cloud")).toEqual(["clickhouseBackup > clickhouse 8123"]);
  expect(ofBackup("kind")).toEqual([]);
});

test("with metrics, Prometheus reaches the ports that have them, and only it does", () => {
  const added = picture("kind", "observability.enabled=true").filter(
    (line) => !picture("kind").includes(line),
  );
  for (const line of added) expect(line).toMatch(/^prometheus > /);
  expect(added.length).toBeGreaterThan(4);
});

test("parts of somebody else's are reached at their addresses only", () => {
  const made = policies("kind", `${external.kafka} ${external.clickhouse} akhq.enabled=false`);
  const toKafka = made.find(({ name }) => name === "bronze-to-kafka-out");
  expect(toKafka?.spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: "10.9.0.0/24" } }], ports: [{ port: "9094", protocol: "TCP" }] },
  ]);
  expect(made.find(({ name }) => name === "serve-to-clickhouse-out")?.spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: "10.7.0.1/32" } }], ports: [{ port: "8443", protocol: "TCP" }] },
  ]);
  expect(made.filter(({ name }) => /to-(kafka|clickhouse)-in$/.test(name))).toEqual([]);
});

test.each(["kind", "cloud", "ci"])(
  "%s: everything is denied first, in both namespaces, in and out",
  (profile) => {
    const denials = policies(profile).filter(({ name }) => name === "deny-all");
    expect(denials.map(({ namespace }) => namespace)).toEqual(["lake", "lake-operators"]);
    for (const { spec } of denials)
      expect(spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  },
);

test.each(["kind", "cloud", "ci"])(
  "%s: no allowance is for all pods or all ports but name look-ups",
  (profile) => {
    for (const { name, spec } of policies(profile)) {
      if (name === "deny-all") continue;
      if (name !== "dns") expect(Object.keys(spec.podSelector.matchLabels ?? {})).not.toHaveLength(0);
      for (const { ports } of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
        expect(ports).not.toHaveLength(0);
      for (const peers of [
        ...(spec.ingress ?? []).map(({ from }) => from),
        ...(spec.egress ?? []).map(({ to }) => to),
      ])
        expect(peers).not.toHaveLength(0);
    }
  },
);

test("an edge between two pods is allowed at both ends, at the same ports", () => {
  const made = policies("cloud");
  for (const { name, spec } of made.filter(({ name }) => name.endsWith("-out"))) {
    const other = made.find((policy) => policy.name === name.replace(/-out$/, "-in"));
    const isPod = spec.egress?.[0]?.to[0]?.podSelector !== undefined;
    expect(other !== undefined).toBe(isPod);
    if (other) expect(other.spec.ingress?.[0]?.ports).toEqual(spec.egress?.[0]?.ports);
  }
});

test("names of policies are unique in their namespace", () => {
  const names = policies("cloud").map(({ namespace, name }) => `${namespace}/${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test("a node-local DNS cache is allowed at its address", () => {
  const dns = policies("kind", 'network.dns.cidrs=["169.254.20.10/32"]').find(({ name }) => name === "dns");
  expect(dns?.spec.egress?.[0]?.to).toContainEqual({ ipBlock: { cidr: "169.254.20.10/32" } });
});

test("policies can be left to somebody else", () => {
  expect(policies("kind", "network.policies=false")).toEqual([]);
});
