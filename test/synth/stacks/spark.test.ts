import { loadProfile } from "../../../profiles";
import { edgesOf } from "../../../stacks/foundation/edges";
import { givenManifests, planOf, stackOf } from "../../fixtures/planned";

interface Pod {
  readonly cores: number;
  readonly coreRequest: string;
  readonly coreLimit: string;
  readonly memory: string;
  readonly memoryOverhead: string;
  readonly javaOptions: string;
  readonly serviceAccount: string;
  readonly instances?: number;
  readonly labels: Record<string, string>;
  readonly securityContext: object;
  readonly podSecurityContext: object;
  readonly secrets: { readonly name: string; readonly path: string }[];
  readonly env: { readonly name: string; readonly value: string }[];
}

interface Application {
  readonly driver: Pod;
  readonly executor: Pod;
  readonly restartPolicy: object;
  readonly sparkConf: Record<string, string>;
  readonly hadoopConfigMap: string;
  readonly arguments: string[];
  readonly mainApplicationFile: string;
}

function application(name: string, profile = "cloud", changes = ""): Application {
  const found = givenManifests(stackOf(planOf(profile, changes), "lakehouse")).find(
    ({ metadata }) => metadata.name === name,
  );
  return found?.spec as unknown as Application;
}

test.each([
  ["silver", "kind", "", true],
  ["silver", "kind", "silver.executors=1", false],
  ["silver", "cloud", "", false],
  ["bronze", "cloud", "", false],
  ["bronze", "ci", "", true],
  ["bronze", "ci", "bronze.executors=2", false],
])(
  "one compiler is enough where the driver or one core works: %s of %s %s",
  (name, profile, changes, isOne) => {
    const { driver, executor } = application(name, profile, changes);
    for (const { javaOptions } of [driver, executor])
      expect(javaOptions.includes("-XX:TieredStopAtLevel=1")).toBe(isOne);
  },
);

test("bronze goes on with another Kafka when the profile names it", () => {
  const word = "--accept-kafka=-x_1";
  expect(application("bronze", "kind").arguments.join(" ")).not.toContain("--accept-kafka");
  expect(application("bronze", "kind", "bronze.acceptKafka=-x_1").arguments).toContain(word);
});

describe.each(["bronze", "silver", "gold"])("%s", (name) => {
  const spec = application(name);

  test("is started again however it ends", () => {
    expect(spec.restartPolicy).toMatchObject({ type: "Always" });
  });

  test.each(["driver", "executor"] as const)(
    "its %s keeps to the restricted level and can't write to its image",
    (pod) => {
      expect(spec[pod].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(spec[pod].podSecurityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 185 });
    },
  );

  test("acts on HDFS as the lake's user, with the clients' configuration", () => {
    expect(spec.hadoopConfigMap).toBe("hdfs-client");
    for (const { env } of [spec.driver, spec.executor])
      expect(env).toContainEqual({ name: "HADOOP_USER_NAME", value: "lake" });
  });

  test("its pods are told apart from all others", () => {
    for (const { labels } of [spec.driver, spec.executor])
      expect(labels["app.kubernetes.io/component"]).toBe(name);
  });

  test("its executors serve blocks at the port that the policies let through", () => {
    const served = Number(spec.sparkConf["spark.blockManager.port"]);
    const between = edgesOf(loadProfile("cloud")).find(({ from, to }) => from === name && to === name);
    expect(between?.ports).toContain(served);
  });

  test("its executors have an account without rights", () => {
    expect(spec.driver.serviceAccount).toBe("spark-driver");
    expect(spec.executor.serviceAccount).toBe("spark-executor");
  });
});

test("sizes are the profile's", () => {
  const { driver, executor } = application("bronze");
  expect(driver).toMatchObject({
    cores: 1,
    coreRequest: "500m",
    coreLimit: "2",
    memory: "2048m",
    memoryOverhead: "512m",
  });
  expect(executor).toMatchObject({
    cores: 4,
    coreRequest: "2",
    instances: 2,
    memory: "3072m",
    memoryOverhead: "768m",
  });
});

test("bronze has Kafka's password, and the others have none", () => {
  expect(application("bronze").driver.secrets.map(({ name }) => name)).toEqual([
    "bronze",
    "lake-cluster-ca-cert",
  ]);
  expect(application("silver").driver.secrets).toEqual([]);
  expect(application("gold").driver.secrets).toEqual([]);
});

test("silver and gold build a layer each, at the profile's rhythms and sizes", () => {
  const changes =
    "silver.dimensionsEverySeconds=77 silver.everySeconds=11 gold.lateEverySeconds=78 gold.everySeconds=12 gold.driver.heapMebibytes=2222";
  const [silver, gold] = ["silver", "gold"].map((name) => application(name, "kind", changes));
  expect(silver?.arguments.join(" ")).toContain("--layers silver --every 11 --dimensions-every 77");
  expect(gold?.arguments.join(" ")).toContain("--layers gold --every 12 --late-every 78");
  expect([silver?.driver.memory, gold?.driver.memory]).toEqual(["640m", "2222m"]);
});

test("a driver may make pods and what they need in its namespace, and touch nothing else", () => {
  const role = stackOf(planOf("kind"), "lakehouse").objects.find(({ kind }) => kind === "Role");
  expect(role).toMatchObject({
    metadata: { name: "spark-driver", namespace: "lake" },
    rules: [{ apiGroups: [""], resources: ["pods", "services", "configmaps", "persistentvolumeclaims"] }],
  });
});

test("the operator may make the NetworkPolicies that Spark submits", () => {
  const role = stackOf(planOf("kind"), "operators").objects.find(({ kind }) => kind === "Role");
  expect(role).toMatchObject({
    metadata: { namespace: "lake" },
    rules: [{ apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"] }],
  });
});
