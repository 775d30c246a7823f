import { appendLine } from "./figures";
import { Kubectl } from "./kubectl";
import { Picture, strangersNamespace, type Probe } from "./network/picture";
import { ProbePods } from "./network/probe-pods";
import type { Target } from "./network/probe";
import { NodeImage } from "./node-image";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";
import type { PeerName } from "../../stacks/foundation/peers";
import { until } from "../../local/jvm/until";

jest.setTimeout(900_000);

/** Something to call, and how the picture calls it. */
interface Called extends Target {
  readonly name: string;
  readonly to: Probe | PeerName;
}

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const nameOf = ({ namespace, name }: Probe): string => `${namespace}/${name}`;
let picture: Picture;
let pods: ProbePods;
let targets: Called[];

beforeAll(async () => {
  const { profile } = await Platform.of(settings);
  picture = new Picture(profile);
  const { probes, ports } = picture;
  const { reference } = await NodeImage.of("node", settings);
  pods = new ProbePods(kubectl, reference, probes);
  await kubectl.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: strangersNamespace } }]);
  await pods.start(ports);
  const addressOf = await pods.addresses();
  const apiServer = await kubectl.do(
    ...["get", "service", "kubernetes", "-n", "default", "-o", "jsonpath={.spec.clusterIP}"],
  );
  if (profile.kafka.mode !== "external")
    throw new Error("this stage knows only a Kafka outside of the cluster");
  const [kafkaHost = "", kafkaPort] = profile.kafka.bootstrap.split(":");
  targets = [
    ...probes.flatMap((to) =>
      ports.map((port) => ({ name: `${nameOf(to)}:${port}`, host: addressOf(to), port, to })),
    ),
    { name: "the API server", host: apiServer, port: 443, to: "apiServer" },
    { name: "Kafka", host: kafkaHost, port: Number(kafkaPort), to: "kafka" },
  ];
});

afterAll(async () => {
  await pods.remove();
  await kubectl.do("delete", "namespace", strangersNamespace, "--ignore-not-found");
});

/** Names of what is open to a probe, once that is as it should be, or as it is after a while. */
async function reached(from: Probe, expected: readonly string[]): Promise<string[]> {
  let open: string[] = [];
  await until(
    `policies of ${nameOf(from)}`,
    async () => {
      const answers = await pods.ask(from, targets);
      open = targets.filter((_, at) => answers.open[at]).map(({ name }) => name);
      expect(answers.findsNames).toBe(true);
      return JSON.stringify(open) === JSON.stringify(expected) ? undefined : "not yet";
    },
    AbortSignal.timeout(30_000),
  ).catch(() => undefined);
  return open;
}

test("each part reaches what the picture says, and nothing else", async () => {
  const ours = picture.probes.filter(({ namespace }) => namespace !== strangersNamespace);
  expect(ours.length).toBeGreaterThan(8);
  for (const from of ours) {
    const expected = targets.filter(({ to, port }) => picture.allows(from, to, port)).map(({ name }) => name);
    const open = await reached(from, expected);
    appendLine(
      settings,
      "network",
      `${nameOf(from)}: ${open.length} of ${targets.length} open: ${open.join(", ")}`,
    );
    expect({ from: nameOf(from), open }).toEqual({ from: nameOf(from), open: expected });
  }
});

test("a pod of another namespace reaches no pod of the lake, whatever its labels", async () => {
  const strangers = picture.probes.filter(({ namespace }) => namespace === strangersNamespace);
  const lake = targets.filter(({ to }) => typeof to !== "string" && to.namespace !== strangersNamespace);
  for (const from of strangers) {
    const { open } = await pods.ask(from, lake);
    expect({ from: nameOf(from), open: lake.filter((_, at) => open[at]).map(({ name }) => name) }).toEqual({
      from: nameOf(from),
      open: [],
    });
  }
});
