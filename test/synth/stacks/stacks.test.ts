import { describe, expect, test } from "@jest/globals";
import { App } from "cdktf";
import type { Plan } from "../../../deploy/plan/plan";
import { loadProfile } from "../../../profiles";
import { buildStacks } from "../../../stacks";
import { stackNames, type StackName } from "../../../stacks/platform-stack";
import { charts } from "../../../versions";
import { planFolder } from "../../fixtures/plan-folder";
import { external, givenManifests, planOf, stackOf, valuesOf } from "../../fixtures/planned";

describe("kind", () => {
  const plan: Plan = planOf("kind");
  const releases = (name: Parameters<typeof stackOf>[1]) =>
    stackOf(plan, name).releases.map(({ name }) => name);

  test("has every stack, in the order of a deploy", () => {
    expect(plan.map(({ name }) => name)).toEqual([
      "foundation",
      "operators",
      "kafka",
      "hdfs",
      "lakehouse",
      "serving",
      "akhq",
      "console",
    ]);
    expect(
      planOf("cloud")
        .slice(-3)
        .map(({ name }) => name),
    ).toEqual(["observability", "akhq", "console"]);
  });

  test("Kafka is there before its topics and users, so that these go first", () => {
    expect(releases("kafka").indexOf("kafka")).toBeLessThan(releases("kafka").indexOf("kafka-contract"));
  });

  test("a password is made before what logs in with it", () => {
    expect(releases("akhq")).toEqual(["akhq-login", "akhq"]);
    expect(releases("console")).toEqual(["console-login"]);
  });

  test("Kafka's stack brings the cluster and its contract, and waits for no page", () => {
    expect(releases("kafka")).toEqual(["kafka", "kafka-contract"]);
  });

  test("others' charts come at the pinned versions, from the pinned places", () => {
    const upstream = plan.flatMap(({ releases }) => releases.filter(({ isUpstream }) => isUpstream));
    const places = upstream.map(({ chart, repository, version }) => ({ chart, repository, version }));
    expect(places).toEqual(
      expect.arrayContaining(
        [charts.strimzi, charts.sparkOperator, charts.akhq].map((chart) => ({ ...chart })),
      ),
    );
    expect(places).toHaveLength(3);
  });

  test("the namespaces take only pods of the restricted level, and both are there before anything else", () => {
    const namespaces = stackOf(plan, "foundation").objects.slice(0, 2);
    expect(namespaces.map(({ metadata }) => metadata.name).sort()).toEqual(["lake", "lake-operators"]);
    for (const { kind, metadata } of namespaces) {
      expect(kind).toBe("Namespace");
      expect(metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    }
  });

  test("both operators look after the lake's namespace only", () => {
    const operators = stackOf(plan, "operators");
    expect(valuesOf(operators, "strimzi")).toMatchObject({
      watchNamespaces: ["lake"],
      watchAnyNamespace: false,
    });
    expect(valuesOf(operators, "spark-operator")).toMatchObject({
      spark: { jobNamespaces: ["lake"], serviceAccount: { create: false }, rbac: { create: false } },
    });
  });

  test("no secret is in what Terraform is told: neither an object, nor a value of a chart", () => {
    const all = JSON.stringify(plan);
    expect(plan.flatMap(({ objects }) => objects).filter(({ kind }) => kind === "Secret")).toEqual([]);
    expect(all).not.toMatch(/"kind":"Secret"/);
    // Every password in a value is a name, an option, or a variable that is filled in the pod.
    for (const [, value = ""] of all.matchAll(/[Pp]assword\\?"?[:=]\\?\\?"([^"\\]+)/g))
      expect(value).toMatch(/^\$\{[A-Z0-9_]+\}$|^SHA256$|^secretKeyRef$/);
  });

  test("sizes and triggers come from the profile", () => {
    const changed = planOf("kind", "bronze.driver.heapMebibytes=777 clickhouse.size.memoryMebibytes=4096");
    expect(JSON.stringify(stackOf(changed, "lakehouse"))).toContain('"memory":"777m"');
    expect(valuesOf(stackOf(changed, "serving"), "clickhouse")).toMatchObject({
      resources: { limits: { memory: "4Gi" } },
    });
  });
});

test("a kubeconfig of several files leads both providers and the state to the cluster", () => {
  const profile = loadProfile("cloud");
  const [stack] = buildStacks(new App({ outdir: planFolder() }), { profile, kubeconfig: "/a:/b" });
  const files = { config_paths: ["/a", "/b"] };
  expect(stack?.toTerraform()).toMatchObject({
    provider: { kubernetes: [files], helm: [{ kubernetes: files }] },
    terraform: { backend: { kubernetes: files } },
  });
});

describe("the order of stacks", () => {
  const app = new App({ outdir: planFolder() });
  const stacks = buildStacks(app, { profile: loadProfile("cloud"), kubeconfig: "/nowhere" });
  const named = (name: StackName) => stacks.find(({ node }) => node.id === `cloud-${name}`);
  const waitsFor = (name: StackName) =>
    named(name)?.dependencies.map(({ node }) => node.id.replace("cloud-", ""));

  test("by Terraform, a stack waits only for those that Helm brings before it", () => {
    stackNames.forEach((name, place) => {
      expect(stackNames.slice(0, place)).toEqual(expect.arrayContaining(waitsFor(name) ?? ["no such stack"]));
    });
  });

  test("the pages wait for the whole lake and nothing for them: they come last and go first", () => {
    const pages = ["akhq", "console"] as const;
    expect(stackNames.slice(-2)).toEqual(pages);
    for (const page of pages) {
      expect(waitsFor(page)?.toSorted()).toEqual(["kafka", "lakehouse", "observability", "serving"]);
      for (const name of stackNames) expect(waitsFor(name)).not.toContain(page);
    }
  });
});

test("AKHQ switched off leaves its stack empty, so that Terraform takes it away", () => {
  const { objects, releases, workloads } = stackOf(planOf("kind", "akhq.enabled=false"), "akhq");
  expect([...objects, ...releases, ...workloads]).toEqual([]);
});

describe("parts that are somebody else's", () => {
  test("Kafka: no cluster, no topics, no operator; clients log in with the Secrets that are named", () => {
    const plan = planOf("kind", `${external.kafka} akhq.enabled=true`);
    expect(stackOf(plan, "operators").releases.map(({ name }) => name)).toEqual(["spark-operator"]);
    expect(stackOf(plan, "kafka").releases).toEqual([]);
    const bronze = JSON.stringify(stackOf(plan, "lakehouse").releases);
    for (const part of ["kafka.example.com:9094", "scram-sha-256", '"name":"u2"', '"name":"their-ca"'])
      expect(bronze).toContain(part);
    expect(JSON.stringify(valuesOf(stackOf(plan, "akhq"), "akhq"))).toContain("SCRAM-SHA-256");
  });

  test("log-ins: with a Secret of one's own none is made", () => {
    const plan = planOf("kind", "akhq.existingSecret=our-logins clickhouse.existingSecret=our-users");
    expect(stackOf(plan, "akhq").releases.map(({ name }) => name)).not.toContain("akhq-login");
    expect(JSON.stringify(valuesOf(stackOf(plan, "akhq"), "akhq"))).toContain('"name":"our-logins"');
    expect(valuesOf(stackOf(plan, "serving"), "clickhouse")).toMatchObject({
      users: { existingSecret: "our-users" },
    });
  });

  test("Kafka with neither TLS nor log-in: no option speaks of them", () => {
    const plan = planOf("ci", "kafka.sasl=null");
    expect(JSON.stringify(stackOf(plan, "lakehouse"))).not.toMatch(/--kafka-(user|ca|password)/);
  });

  test("HDFS: nothing is installed; every client gets its addresses and its ConfigMap", () => {
    const plan = planOf("kind", external.hdfs);
    expect(stackOf(plan, "hdfs").releases).toEqual([]);
    const clients = JSON.stringify(plan);
    expect(clients).toContain('"--hdfs","hdfs://theirs","--lake","/lake"');
    expect(clients).toContain("http://a.example.com:9870,http://b.example.com:9870");
    expect(clients).toContain('"hadoopConfigMap":"their-hdfs"');
  });

  test("ClickHouse: only serve is left, with the password that is named", () => {
    const serving = stackOf(planOf("kind", external.clickhouse), "serving");
    expect(serving.releases).toEqual([]);
    const [serve] = serving.workloads;
    expect(JSON.stringify(serve)).toContain("https://ch.example.com:8443");
    expect(JSON.stringify(serve)).toContain('"secretName":"their-users"');
  });

  test("operators that are there already are not installed again", () => {
    const plan = planOf("kind", "operators.installSpark=false operators.installStrimzi=false");
    expect(stackOf(plan, "operators").releases).toEqual([]);
  });

  test("a chart of this machine, and a mirror's image", () => {
    const plan = planOf(
      "kind",
      'operators.spark.chart={"repository":null,"chart":"/charts/spark","version":"2.5.2"} operators.spark.image={"repository":"mirror.example.com/spark/controller","tag":"2.5.2","digest":null,"pullPolicy":"Always"} operators.strimzi.imageRegistry=mirror.example.com',
    );
    const { releases } = stackOf(plan, "operators");
    expect(releases.find(({ name }) => name === "spark-operator")).toMatchObject({
      chart: "/charts/spark",
      repository: undefined,
      values: { image: { registry: "mirror.example.com", repository: "spark/controller", tag: "2.5.2" } },
    });
    expect(valuesOf(stackOf(plan, "operators"), "strimzi")).toMatchObject({
      defaultImageRegistry: "mirror.example.com",
    });
  });
});

test("HA: clients know the pair by its name, and ask both NameNodes", () => {
  const clients = JSON.stringify(planOf("cloud"));
  expect(clients).toContain('"--hdfs","hdfs://lake","--lake","/lake"');
  expect(clients).toContain(
    "http://hdfs-namenode-0.hdfs-namenode.lake.svc.cluster.local:9870,http://hdfs-namenode-1.hdfs-namenode.lake.svc.cluster.local:9870",
  );
});

test("EventSim off: no Deployment, no Kafka user, no edge", () => {
  const plan = planOf("kind", "eventsim.enabled=false");
  expect(stackOf(plan, "lakehouse").workloads.map(({ kind }) => kind)).toEqual(["CronJob"]);
  expect(plan.flatMap(({ objects }) => objects.map(({ metadata }) => metadata.name)).join()).not.toContain(
    "eventsim",
  );
  expect(givenManifests(stackOf(plan, "kafka")).map(({ metadata }) => metadata.name)).not.toContain(
    "eventsim",
  );
});
