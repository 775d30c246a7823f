import { mebibytes } from "../../../deploy/fit/quantity";
import { external, planOf, stackOf, valuesOf } from "../../fixtures/planned";

interface Role {
  readonly resources: string[];
  readonly actions: string[];
}

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly secret?: { readonly secretName: string };
}

interface Values {
  readonly configuration: {
    readonly akhq: {
      readonly security: {
        readonly roles: Record<string, Role[]>;
        readonly groups: Record<string, { readonly role: string }[]>;
      };
    };
  };
  readonly image: { readonly repository?: string; readonly tag?: string; readonly pullPolicy: string };
  readonly serviceAccountName: string;
  readonly extraEnv: { readonly name: string; readonly value?: string }[];
  readonly initContainers: { readonly login: { readonly args: string[]; readonly volumeMounts: Mount[] } };
  readonly extraVolumes: Volume[];
  readonly extraVolumeMounts: Mount[];
  readonly resources: { readonly limits: Record<string, string> };
  readonly livenessProbe: { readonly initialDelaySeconds: number; readonly failureThreshold: number };
}

const values = (changes = "") =>
  valuesOf(stackOf(planOf("kind", changes), "akhq"), "akhq") as unknown as Values;

/** `ACTION RESOURCE` of everything that a log-in may do. */
function allowed(group: string): string[] {
  const { roles, groups } = values().configuration.akhq.security;
  const given = (groups[group] ?? []).flatMap(({ role }) => roles[role] ?? []);
  const pairs = given.flatMap(({ resources, actions }) =>
    resources.flatMap((resource) => actions.map((action) => `${action} ${resource}`)),
  );
  return [...new Set(pairs)].toSorted();
}

const look = ["READ CONSUMER_GROUP", "READ TOPIC", "READ TOPIC_DATA", "READ_CONFIG TOPIC"];

test("a reader opens a topic, whose page asks for its settings, too", () => {
  expect(allowed("reader")).toEqual(look);
});

test("an operator sees brokers besides, and nobody changes anything", () => {
  expect(allowed("operator")).toEqual([...look, "READ NODE", "READ_CONFIG NODE"].toSorted());
});

test("a JVM that takes two minutes to start is not ended for it", () => {
  const { initialDelaySeconds, failureThreshold } = values().livenessProbe;
  expect(initialDelaySeconds).toBeGreaterThanOrEqual(120);
  expect(failureThreshold).toBeGreaterThanOrEqual(6);
});

const mirror = (more: string) =>
  `akhq.image={"repository":"mirror.example.com/akhq",${more},"pullPolicy":"Always"}`;
const digest = `sha256:${"0".repeat(64)}`;

test.each([
  ["", { pullPolicy: "IfNotPresent" }],
  [
    mirror('"tag":"0.25.1","digest":null'),
    { repository: "mirror.example.com/akhq", tag: "0.25.1", pullPolicy: "Always" },
  ],
  [
    mirror(`"tag":"0.25.1","digest":"${digest}"`),
    { repository: "mirror.example.com/akhq", tag: `0.25.1@${digest}`, pullPolicy: "Always" },
  ],
  [
    mirror(`"tag":null,"digest":"${digest}"`),
    { repository: "mirror.example.com/akhq", tag: `pinned@${digest}`, pullPolicy: "Always" },
  ],
])("image %s", (changes, image) => {
  expect(values(changes).image).toEqual(image);
});

test("it has the account without token, which holds the Secrets for the registry", () => {
  const plan = planOf("kind", 'images.pullSecrets=["one","two"]');
  expect(valuesOf(stackOf(plan, "akhq"), "akhq")).not.toHaveProperty("imagePullSecrets");
  expect(values().serviceAccountName).toBe("no-rights");
  const account = stackOf(plan, "foundation").objects.find(({ kind }) => kind === "ServiceAccount");
  expect(account).toMatchObject({
    metadata: { name: "no-rights", namespace: "lake" },
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: "one" }, { name: "two" }],
  });
});

test("no port is open at which anybody may run code: the image's own file of options is not read", () => {
  const { extraEnv } = values();
  expect(extraEnv).toContainEqual({ name: "JVM_OPTS_FILE", value: "/dev/null" });
  expect(JSON.stringify(extraEnv)).not.toContain("jmxremote");
  expect(extraEnv.find(({ name }) => name === "JAVA_OPTS")?.value).toMatch(/^-Xmx256m /);
});

test.each(["", external.kafka])("its password goes past its configuration: %s", (changes) => {
  const { configuration, initContainers, extraEnv, extraVolumes, extraVolumeMounts } = values(changes);
  const file = "/var/run/akhq/kafka-login.yml";
  expect(JSON.stringify(configuration)).not.toContain("jaas");
  expect(initContainers.login.args).toEqual(expect.arrayContaining(["--connection", "lake", "--out", file]));
  expect(extraEnv).toContainEqual({ name: "MICRONAUT_CONFIG_FILES", value: `/app/application.yml,${file}` });
  const password = "kafka-password";
  const volume = extraVolumes.find(({ name }) => name === password);
  expect(volume?.secret?.secretName).toBe(changes === "" ? "akhq" : "u4");
  expect(initContainers.login.volumeMounts.map(({ name }) => name)).toContain(password);
  expect(extraVolumeMounts.map(({ name }) => name)).toEqual(["tmp", "login", "kafka-ca"]);
  expect(extraVolumeMounts).toContainEqual({ name: "login", mountPath: "/var/run/akhq", readOnly: true });
});

test("every volume that is mounted is there, and what it leaves on its node's disk is bounded", () => {
  const { initContainers, extraVolumes, extraVolumeMounts, resources } = values();
  const names = extraVolumes.map(({ name }) => name);
  for (const { name } of [...initContainers.login.volumeMounts, ...extraVolumeMounts])
    expect(names).toContain(name);
  for (const { emptyDir } of extraVolumes) if (emptyDir) expect(emptyDir.sizeLimit).toBeDefined();
  expect(mebibytes(resources.limits["ephemeral-storage"] ?? "0")).toBeGreaterThan(128);
});
