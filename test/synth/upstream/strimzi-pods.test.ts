import { podsOf } from "../../../deploy/fit/demand";
import { loadProfile } from "../../../profiles";
import { givenManifests, planOf, stackOf, valuesOf } from "../../fixtures/planned";
import { secondsToStart } from "./patience";
import { openPorts, peersOfPod, waysFrom } from "./peers-of-pod";
import { mountsToken, requestsOf } from "./pod-template";
import { violations } from "./restricted-level";
import { operatorCalls, strimziPods, type Given, type MadePod } from "./strimzi-pods";

function made(profile: string, changes = "") {
  const plan = planOf(profile, changes);
  const manifests = givenManifests(stackOf(plan, "kafka"));
  const of = (kind: string) => manifests.find((manifest) => manifest.kind === kind) as unknown;
  const { extraEnvs = [] } = valuesOf(stackOf(plan, "operators"), "strimzi") as {
    extraEnvs?: { name: string; value: string }[];
  };
  return strimziPods({
    kafka: of("Kafka") as Given["kafka"],
    pool: of("KafkaNodePool") as Given["pool"],
    securityProvider: extraEnvs.find(({ name }) => name === "STRIMZI_POD_SECURITY_PROVIDER_CLASS")?.value,
    apiServerPorts: loadProfile(profile, changes).network.apiServer.ports,
  });
}

const ephemeral = 'kafka.storage={"kind":"emptyDir","sizeGibibytes":2}';

describe.each([
  ["kind", ""],
  ["kind", `${ephemeral} observability.enabled=true`],
  ["cloud", ""],
  ["cloud", "kafka.zones=false cluster.domain=paris.example namespace=music"],
])("Strimzi's pods of %s %s", (name, changes) => {
  const profile = loadProfile(name, changes);
  const pods = made(name, changes);
  const peers = ({ template }: MadePod) => peersOfPod(profile, profile.namespace, template.metadata.labels);
  const each = Object.entries(pods);

  test.each(each)("%s: the namespace takes it", (_, { template }) => {
    expect(violations(template.spec)).toEqual([]);
  });

  test.each(each)(
    "%s: only an init container has a root that it may write to, and the others need none",
    (_, { template }) => {
      const volumes = template.spec.volumes.map(({ name }) => name);
      for (const { name, securityContext, volumeMounts, resources } of template.spec.containers) {
        expect({ [name]: securityContext }).toMatchObject({ [name]: { readOnlyRootFilesystem: true } });
        expect(volumeMounts.map(({ mountPath }) => mountPath)).toContain("/tmp");
        expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
        expect(resources).toMatchObject({ limits: { "ephemeral-storage": expect.any(String) as string } });
      }
    },
  );

  test.each(each)(
    "%s: policies know it as one part of the picture, and let through all that it calls",
    (part, pod) => {
      expect(peers(pod)).toEqual([part === "broker" ? "kafka" : "entityOperator"]);
      expect(waysFrom(profile, peers(pod))).toEqual(pod.calls.toSorted());
    },
  );

  test.each(each)("%s: what has a token reaches the API server", (_, pod) => {
    expect(mountsToken(pod.template)).toBe(true);
    expect(waysFrom(profile, peers(pod)).join()).toContain("apiServer");
  });

  test.each(each)("%s: a JVM that starts slowly is not ended for it", (part, { template }) => {
    // A broker's probe only checks that there is a process.
    const containers = template.spec.containers.filter(() => part !== "broker");
    for (const container of containers) expect(secondsToStart(container)).toBeGreaterThan(100);
  });

  test("ports that policies open are ports of the broker, and its operator's calls are among them", () => {
    const ports = pods.broker.template.spec.containers.flatMap(({ ports }) =>
      ports.map(({ containerPort }) => containerPort),
    );
    expect(ports).toEqual(expect.arrayContaining(openPorts(profile, ["kafka"])));
    expect(waysFrom(profile, ["strimziOperator"])).toEqual(expect.arrayContaining([...operatorCalls]));
  });

  test("the fit check counts what they ask for", () => {
    const demand = (of: string) => podsOf(profile).find((pod) => pod.name === of);
    expect(demand("kafka")).toMatchObject(requestsOf(pods.broker.template));
    expect(demand("kafka-entity-operator")).toMatchObject(requestsOf(pods.entityOperator.template));
  });
});

test("without the operator's provider the namespace refuses the container that looks up the zone", () => {
  const plan = givenManifests(stackOf(planOf("cloud"), "kafka"));
  const of = (kind: string) => plan.find((manifest) => manifest.kind === kind) as unknown;
  const { broker } = strimziPods({
    kafka: of("Kafka") as Given["kafka"],
    pool: of("KafkaNodePool") as Given["pool"],
    securityProvider: undefined,
    apiServerPorts: [443],
  });
  expect(violations(broker.template.spec).join()).toContain("initContainers.0.securityContext");
});
