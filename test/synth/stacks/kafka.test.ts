import { topics } from "../../../lake/topics";
import { kafkaParts } from "../../../stacks/parts";
import { givenManifests, planOf, stackOf } from "../../fixtures/planned";

const given = givenManifests(stackOf(planOf("cloud", "kafka.partitions.auth_events=12"), "kafka"));
const of = (kind: string) => given.filter((manifest) => manifest.kind === kind);
const user = (name: string) => of("KafkaUser").find(({ metadata }) => metadata.name === name);

/** `operation type name` of each ACL of a client. */
function allowed(name: string): string[] {
  const { authorization } = user(name)?.spec as { authorization: { acls: Acl[] } };
  return authorization.acls.flatMap(({ resource, operations }) =>
    operations.map((operation) =>
      `${operation} ${resource.type} ${resource.name ?? ""}${resource.patternType === "prefix" ? "*" : ""}`.trim(),
    ),
  );
}

interface Acl {
  readonly resource: { readonly type: string; readonly name?: string; readonly patternType?: string };
  readonly operations: string[];
}

const events = [
  "listen_events",
  "page_view_events",
  "auth_events",
  "status_change_events",
  "transaction_events",
];

test("EventSim writes to every topic, and reads none", () => {
  const names = [...events, "eventsim_ledger", "fraud_truth"];
  expect(allowed("eventsim").sort()).toEqual(
    names.flatMap((name) => [`Write topic ${name}`, `Describe topic ${name}`]).sort(),
  );
});

test("bronze reads the events, and nothing else", () => {
  expect(allowed("bronze").sort()).toEqual(
    events.flatMap((name) => [`Read topic ${name}`, `Describe topic ${name}`]).sort(),
  );
});

test("smoke reads and probes, in groups of its own; the ground truth of fraud it can't read", () => {
  const names = [...events, "eventsim_ledger"];
  expect(allowed("smoke").sort()).toEqual(
    [
      ...names.flatMap((name) => [`Read topic ${name}`, `Write topic ${name}`, `Describe topic ${name}`]),
      "Describe topic fraud_truth",
      ...["Read", "Describe", "Delete"].map((operation) => `${operation} group smoke-*`),
    ].sort(),
  );
});

test("the watchdog sees the events' topics, and reads none of them", () => {
  expect(allowed("watchdog").sort()).toEqual(events.map((name) => `Describe topic ${name}`).sort());
});

test("AKHQ looks at everything and changes nothing", () => {
  for (const entry of allowed("akhq")) expect(entry).toMatch(/^(Read|Describe|DescribeConfigs) /);
});

test("only AKHQ has a wildcard", () => {
  for (const [client, { kafkaRights }] of Object.entries(kafkaParts))
    if (client !== "akhq")
      for (const { resource } of kafkaRights) expect("name" in resource ? resource.name : "*").not.toBe("*");
});

test("clients that are off have no user", () => {
  const names = (changes: string) =>
    givenManifests(stackOf(planOf("kind", changes), "kafka"))
      .filter(({ kind }) => kind === "KafkaUser")
      .map(({ metadata }) => metadata.name);
  expect(names("")).toEqual(["eventsim", "bronze", "smoke", "watchdog", "akhq", "console"]);
  const off = ["akhq", "eventsim", "watchdog", "console"].map((part) => `${part}.enabled=false`);
  expect(names(off.join(" "))).toEqual(["bronze", "smoke"]);
});

test("the topics are those of the contract, with the profile's copies and partitions", () => {
  const made = of("KafkaTopic").map(({ spec }) => spec);
  expect(made.map(({ topicName }) => topicName)).toEqual(topics.map(({ name }) => name));
  for (const { topicName, partitions, replicas, config } of made) {
    const topic = topics.find(({ name }) => name === topicName);
    expect(partitions).toBe(topicName === "auth_events" ? 12 : topic?.partitions);
    expect(replicas).toBe(3);
    expect(config).toMatchObject({
      // Bronze is partitioned by arrival; a producer's clock must not decide where a record is stored.
      "message.timestamp.type": "LogAppendTime",
      "cleanup.policy": topic?.cleanupPolicy,
      "min.insync.replicas": 2,
    });
  }
});

test("the cluster has one listener, with TLS and log-in, and allows nothing without an ACL", () => {
  const [kafka] = of("Kafka");
  expect(kafka?.spec["kafka"]).toMatchObject({
    listeners: [{ port: 9093, tls: true, type: "internal", authentication: { type: "scram-sha-512" } }],
    authorization: { type: "simple" },
    config: { "auto.create.topics.enable": false, "offsets.topic.replication.factor": 3 },
    rack: { topologyKey: "topology.kubernetes.io/zone" },
  });
});

test("a deleted topic resource takes no record with it, and does not hang", () => {
  const [kafka] = of("Kafka");
  expect(kafka?.spec).toMatchObject({
    kafka: { config: { "delete.topic.enable": false } },
    entityOperator: {
      template: { topicOperatorContainer: { env: [{ name: "STRIMZI_USE_FINALIZERS", value: "false" }] } },
    },
  });
});

test.each([
  ["", "1Gi"],
  ['kafka.storage={"kind":"emptyDir","sizeGibibytes":7}', "8Gi"],
])("no container of it writes to its root, and each is bounded on its node's disk: %s", (changes, limit) => {
  const manifests = givenManifests(stackOf(planOf("cloud", changes), "kafka"));
  const spec = (kind: string) => manifests.find((manifest) => manifest.kind === kind)?.spec;
  const container = { securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } } };
  expect(spec("KafkaNodePool")).toMatchObject({
    resources: { limits: { "ephemeral-storage": limit } },
    template: { kafkaContainer: container },
  });
  const bounded = { resources: { limits: { "ephemeral-storage": "1Gi" } } };
  expect(spec("Kafka")?.["entityOperator"]).toMatchObject({
    topicOperator: bounded,
    userOperator: bounded,
    template: { topicOperatorContainer: container, userOperatorContainer: container },
  });
});

test("a claim of a broker outlives it, and brokers are in different zones", () => {
  const [pool] = of("KafkaNodePool");
  expect(pool?.spec).toMatchObject({
    replicas: 3,
    storage: { volumes: [{ type: "persistent-claim", deleteClaim: false, size: "200Gi" }] },
    template: {
      pod: {
        topologySpreadConstraints: [
          { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
        ],
      },
    },
  });
});
