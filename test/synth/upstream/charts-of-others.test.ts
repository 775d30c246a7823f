import { podsOf } from "../../../deploy/fit/demand";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { charts } from "../../../versions";
import { planOf, stackOf } from "../../fixtures/planned";
import { chartFolder, isGiven, renderOthers } from "./charts-of-others";
import { secondsToStart } from "./patience";
import { peersOfPod, waysFrom } from "./peers-of-pod";
import { mountsToken, podTemplateIn, requestsOf, type PodTemplate } from "./pod-template";
import { violations } from "./restricted-level";

jest.setTimeout(60_000);

interface Account extends Manifest {
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

const known = {
  akhq: { version: charts.akhq.version, isJvm: true, demands: { akhq: "akhq" }, peers: ["akhq"] },
  "strimzi-kafka-operator": {
    version: charts.strimzi.version,
    isJvm: true,
    demands: { "strimzi-cluster-operator": "strimzi-operator" },
    peers: ["strimziOperator"],
  },
  "spark-operator": {
    version: charts.sparkOperator.version,
    isJvm: false,
    demands: {
      "spark-operator-controller": "spark-operator",
      "spark-operator-webhook": "spark-operator-webhook",
    },
    peers: ["sparkOperator", "sparkWebhook"],
  },
} as const;

const twoSecrets = 'images.pullSecrets=["one","two"]';

describe.each(Object.entries(known))("%s", (chart, { version, isJvm, demands, peers }) => {
  if (!isGiven(chart)) {
    console.warn(
      `SKIPPED: the pods of the chart ${chart} ${version}. CHART_FOLDER ('${chartFolder}') holds no ${chart}/: unpack it there (helm pull --untar)`,
    );
    test.skip("its pods: CHART_FOLDER does not hold it", () => undefined);
    return;
  }

  const profile = loadProfile("cloud", twoSecrets);
  let workloads: { readonly manifest: Manifest; readonly pod: PodTemplate }[];
  let accounts: ReadonlyMap<string, Account>;

  beforeAll(async () => {
    const manifests = await renderOthers(chart, "cloud", twoSecrets);
    const ours = stackOf(planOf("cloud", twoSecrets), "foundation").objects;
    workloads = manifests.flatMap((manifest) => {
      const pod = podTemplateIn(manifest);
      return pod ? [{ manifest, pod }] : [];
    });
    accounts = new Map(
      [...manifests, ...ours]
        .filter(({ kind }) => kind === "ServiceAccount")
        .map((account) => [`${account.metadata.namespace}/${account.metadata.name}`, account]),
    );
  });

  const accountOf = ({ manifest, pod }: (typeof workloads)[number]) =>
    accounts.get(`${manifest.metadata.namespace}/${pod.spec.serviceAccountName}`);

  test("it is the version that is pinned", () => {
    const images = workloads.flatMap(({ pod }) => pod.spec.containers.map(({ image }) => image));
    for (const image of images) expect(image.split(":").at(-1)).toBe(version);
    expect(workloads.map(({ manifest }) => manifest.metadata.name).toSorted()).toEqual(Object.keys(demands));
  });

  test("the namespace takes its pods", () => {
    for (const { pod } of workloads) expect(violations(pod.spec)).toEqual([]);
  });

  test("they write to no root, and are bounded on their node's disk", () => {
    for (const { pod } of workloads) {
      const volumes = pod.spec.volumes.map(({ name }) => name);
      for (const container of [...pod.spec.initContainers, ...pod.spec.containers]) {
        expect(container).toMatchObject({
          securityContext: { readOnlyRootFilesystem: true },
          resources: { limits: { "ephemeral-storage": expect.any(String) as string } },
        });
        expect(volumes).toEqual(expect.arrayContaining(container.volumeMounts.map(({ name }) => name)));
        if (isJvm) expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain("/tmp");
      }
    }
  });

  test("policies know them; those with a token reach the API server, and no others", () => {
    for (const workload of workloads) {
      const { manifest, pod } = workload;
      const found = peersOfPod(profile, manifest.metadata.namespace ?? "", pod.metadata.labels);
      expect(found.length).toBeGreaterThan(0);
      expect(peers).toEqual(expect.arrayContaining(found));
      const hasToken =
        mountsToken(pod) ||
        (pod.spec.automountServiceAccountToken ?? accountOf(workload)?.automountServiceAccountToken ?? true);
      const reaches = waysFrom(profile, found).join().includes("apiServer");
      expect({ [manifest.metadata.name]: reaches }).toEqual({ [manifest.metadata.name]: hasToken });
    }
  });

  test("the fit check counts what they ask for", () => {
    for (const { manifest, pod } of workloads) {
      const name = demands[manifest.metadata.name as keyof typeof demands];
      expect(podsOf(profile).find((demand) => demand.name === name)).toMatchObject(requestsOf(pod));
    }
  });

  test("both Secrets for the registry come to every pod, by itself or by its account", () => {
    for (const workload of workloads) {
      const own = workload.pod.spec.imagePullSecrets;
      const given = own.length > 0 ? own : accountOf(workload)?.imagePullSecrets;
      expect(given).toEqual([{ name: "one" }, { name: "two" }]);
    }
  });

  if (isJvm)
    test("a JVM that starts slowly is not ended for it", () => {
      for (const { pod } of workloads)
        for (const container of pod.spec.containers) expect(secondsToStart(container)).toBeGreaterThan(100);
    });
});

if (isGiven("akhq")) {
  const akhqPod = async (changes: string) => {
    const [deployment] = (await renderOthers("akhq", "kind", changes)).filter(
      ({ kind }) => kind === "Deployment",
    );
    const pod = deployment && podTemplateIn(deployment);
    if (!pod) throw new Error("the chart akhq brings no pod");
    return pod;
  };

  test.each([
    ["", "tchiotludo/akhq:0.25.1", "IfNotPresent"],
    [
      `akhq.image={"repository":"m.example.com/akhq","tag":"0.25.1","digest":"sha256:${"0".repeat(64)}","pullPolicy":"Always"}`,
      `m.example.com/akhq:0.25.1@sha256:${"0".repeat(64)}`,
      "Always",
    ],
  ])("AKHQ's image %s", async (changes, image, pullPolicy) => {
    const [container] = (await akhqPod(changes)).spec.containers;
    expect(container).toMatchObject({ image, imagePullPolicy: pullPolicy });
  });
}

if (isGiven("strimzi-kafka-operator"))
  test("Strimzi's operator is told the cluster's domain, and gives its own pods both Secrets", async () => {
    const changes = `${twoSecrets} cluster.domain=paris.example`;
    const [deployment] = (await renderOthers("strimzi-kafka-operator", "kind", changes)).filter(
      ({ kind }) => kind === "Deployment",
    );
    const env = deployment && podTemplateIn(deployment)?.spec.containers[0]?.["env"];
    expect(env).toEqual(
      expect.arrayContaining([
        { name: "KUBERNETES_SERVICE_DNS_DOMAIN", value: "paris.example" },
        { name: "STRIMZI_IMAGE_PULL_SECRETS", value: "one,two" },
        { name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" },
        { name: "STRIMZI_NETWORK_POLICY_GENERATION", value: "false" },
      ]),
    );
  });
