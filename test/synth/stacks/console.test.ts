import { external, planOf, stackOf } from "../../fixtures/planned";

const ingress = `console.ingress=${JSON.stringify({
  host: "lake.example.com",
  className: "nginx",
  tlsSecret: "lake-tls",
  annotations: { "cert-manager.io/cluster-issuer": "ours" },
  controllerNamespace: "ingress-nginx",
})}`;

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: object };
  readonly spec: Record<string, unknown>;
}

function objects(changes = ""): Named[] {
  const { objects, workloads } = stackOf(planOf("kind", changes), "console");
  return [...objects, ...workloads] as unknown as Named[];
}

function one(kind: string, changes = ""): Named {
  const found = objects(changes).filter((object) => object.kind === kind);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} objects of kind ${kind}`);
  return found[0];
}

interface Pod {
  readonly containers: readonly {
    readonly args: readonly string[];
    readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
    readonly startupProbe: object;
    readonly livenessProbe: object;
    readonly readinessProbe: object;
    readonly volumeMounts: readonly { readonly mountPath: string }[];
  }[];
  readonly volumes: readonly {
    readonly secret?: { readonly secretName: string; readonly items: object[] };
  }[];
}

function pod(changes = ""): Pod {
  return (one("Deployment", changes).spec as { template: { spec: Pod } }).template.spec;
}

/** The value after an option; several until the next one. */
function option(name: string, changes = ""): string[] {
  const args = pod(changes).containers[0]?.args ?? [];
  const after = args.slice(args.indexOf(name) + 1);
  const end = after.findIndex((word) => word.startsWith("--"));
  return after.slice(0, end < 0 ? undefined : end);
}

test("the Service leads to the pod's port, and the probes ask what needs no log-in", () => {
  const [container] = pod().containers;
  expect(container?.ports).toEqual([{ name: "http", containerPort: 8080 }]);
  expect(one("Service").spec).toMatchObject({
    ports: [{ name: "http", port: 8080, targetPort: "http" }],
    selector: { "app.kubernetes.io/component": "console" },
  });
  for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"] as const)
    expect(container?.[probe]).toMatchObject({ httpGet: { path: "/health", port: "http" } });
});

test("whoever reaches it must log in, and it reads ClickHouse as the reader", () => {
  const secrets = pod().volumes.flatMap(({ secret }) => (secret ? [secret] : []));
  expect(secrets).toEqual(
    expect.arrayContaining([
      { secretName: "console-login", items: ["reader", "operator"].map((key) => ({ key, path: key })) },
      { secretName: "clickhouse-users", items: [{ key: "reader", path: "reader" }] },
    ]),
  );
  expect(option("--passwords")).toEqual(["/var/run/secrets/lake/console"]);
  expect(pod().containers[0]?.volumeMounts.map(({ mountPath }) => mountPath)).toContain(
    "/var/run/secrets/lake/console",
  );
  expect(option("--clickhouse-user")).toEqual(["reader"]);
});

test("without an Ingress it answers to its names in the cluster alone", () => {
  expect(objects().map(({ kind }) => kind)).toEqual(["Service", "Deployment"]);
  expect(option("--answer-to")).toEqual(["console", "console.lake", "console.lake.svc.cluster.local"]);
});

test("an Ingress has TLS, and its host is answered", () => {
  const { spec, metadata } = one("Ingress", ingress);
  expect(spec).toEqual({
    ingressClassName: "nginx",
    tls: [{ hosts: ["lake.example.com"], secretName: "lake-tls" }],
    rules: [
      {
        host: "lake.example.com",
        http: {
          paths: [
            {
              path: "/",
              pathType: "Prefix",
              backend: { service: { name: "console", port: { name: "http" } } },
            },
          ],
        },
      },
    ],
  });
  expect(metadata.annotations).toEqual({ "cert-manager.io/cluster-issuer": "ours" });
  expect(option("--answer-to", ingress)).toContain("lake.example.com");
  const policies = stackOf(planOf("kind", ingress), "foundation").objects.map(
    ({ metadata: { name } }) => name,
  );
  expect(policies).toContain("ingress-controller-to-console-in");
});

test("switched off it leaves nothing, and its own Secret is not made beside another", () => {
  expect(objects("console.enabled=false")).toEqual([]);
  const { releases } = stackOf(planOf("kind", "console.existingSecret=ours"), "console");
  expect(releases).toEqual([]);
  expect(pod("console.existingSecret=ours").volumes.map(({ secret }) => secret?.secretName)).toContain(
    "ours",
  );
});

test("somebody else's Kafka is reached with the log-in that the profile names", () => {
  expect(option("--kafka-user", external.kafka)).toEqual(["console"]);
  expect(pod(external.kafka).volumes.map(({ secret }) => secret?.secretName)).toContain("u6");
});
