import { isDeepStrictEqual } from "node:util";
import { appendLine } from "./figures";
import { Kubectl } from "./kubectl";
import { Picture, strangersNamespace, type Probe } from "./network/picture";
import { ProbePods } from "./network/probe-pods";
import type { Target } from "./network/probe";
import { NodeImage } from "./node-image";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";
import type { Kafka } from "../../profiles/schema/kafka";
import type { PeerName } from "../../stacks/foundation/peers";

jest.setTimeout(900_000);

/** A target to connect to, and its name in the picture. */
interface Called extends Target {
  readonly name: string;
  readonly to: Probe | PeerName;
}

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const nameOf = ({ namespace, name }: Probe): string => `${namespace}/${name}`;
let picture: Picture;
let probes: readonly Probe[];
let pods: ProbePods;
let targets: Called[];

/** A Kafka outside of the cluster; one inside is among the probes. */
function outsideKafka(kafka: Kafka): Called[] {
  if (kafka.mode !== "external") return [];
  const [host = "", port] = kafka.bootstrap.split(":");
  return [{ name: "Kafka", host, port: Number(port), to: "kafka" }];
}

beforeAll(async () => {
  const { profile } = await Platform.of(settings);
  picture = new Picture(profile);
  ({ probes } = picture);
  const { ports } = picture;
  const { reference } = await NodeImage.of("node", settings);
  pods = new ProbePods(kubectl, reference, probes);
  await kubectl.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: strangersNamespace } }]);
  await pods.start(ports);
  const addressOf = await pods.addresses();
  const apiServer = await kubectl.do(
    ...["get", "service", "kubernetes", "-n", "default", "-o", "jsonpath={.spec.clusterIP}"],
  );
  targets = [
    ...probes.flatMap((to) =>
      ports.map((port) => ({ name: `${nameOf(to)}:${port}`, host: addressOf(to), port, to })),
    ),
    { name: "the API server", host: apiServer, port: 443, to: "apiServer" },
    ...outsideKafka(profile.kafka),
  ];
});

afterAll(async () => {
  await pods.remove();
  await kubectl.do("delete", "namespace", strangersNamespace, "--ignore-not-found");
});

/** The names that a probe can reach, once they are as expected, or after a while as they are then. */
async function reached(from: Probe, others: readonly Called[], expected: readonly string[]) {
  const patience = AbortSignal.timeout(30_000);
  for (;;) {
    const { open, findsNames } = await pods.ask(from, others);
    const names = others.filter((_, at) => open[at]).map(({ name }) => name);
    // Policies take effect a moment after the pods start.
    if (patience.aborted || isDeepStrictEqual(names, expected)) return { open: names, findsNames };
  }
}

const isStranger = ({ namespace }: Probe): boolean => namespace === strangersNamespace;

test("each part reaches what the picture says, and nothing else", async () => {
  const ours = probes.filter((probe) => !isStranger(probe));
  expect(ours.length).toBeGreaterThan(8);
  for (const from of ours) {
    // No policy keeps a pod from reaching itself.
    const others = targets.filter(({ to }) => to !== from);
    const expected = others.filter(({ to, port }) => picture.allows(from, to, port)).map(({ name }) => name);
    const seen = await reached(from, others, expected);
    const reaches = `${seen.open.length} of ${others.length} open: ${seen.open.join(", ")}`;
    appendLine(settings, "network", `${nameOf(from)}: ${reaches}`);
    expect({ from: nameOf(from), ...seen }).toEqual({
      from: nameOf(from),
      open: expected,
      findsNames: true,
    });
  }
});

test("a pod of another namespace reaches no pod of the lake, whatever its labels", async () => {
  const strangers = probes.filter(isStranger);
  const lake = targets.filter(({ to }) => typeof to !== "string" && !isStranger(to));
  for (const from of strangers) {
    const { open } = await pods.ask(from, lake);
    expect({ from: nameOf(from), open: lake.filter((_, at) => open[at]).map(({ name }) => name) }).toEqual({
      from: nameOf(from),
      open: [],
    });
  }
});
