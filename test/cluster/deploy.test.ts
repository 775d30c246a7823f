import { appendFigure } from "./figures";
import { askClickHouse } from "./clickhouse";
import { Kubectl } from "./kubectl";
import { emptyVolumeFolders, makeVolumeFolders, volumeFolders } from "./node-folders";
import { NodeImage } from "./node-image";
import { kafkaOf } from "./kafka/kafka";
import { Platform } from "./platform";
import { objectsOf } from "./rendered";
import { clusterSettings } from "./settings";
import { until } from "../../local/jvm/until";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const kafka = kafkaOf(settings, kubectl);
let platform: Platform;

beforeAll(async () => {
  platform = await Platform.of(settings);
  const { reference } = await NodeImage.of("node", settings);
  const folders = volumeFolders(await objectsOf(platform.profile, settings));
  // A run that was cut off may have left volumes and a broker on the machine: this would then not be a deploy from nothing.
  if ((await kubectl.names("namespace", platform.profile.namespace)).length === 0) {
    await kafka.remove();
    await emptyVolumeFolders(kubectl, reference, folders);
  }
  await makeVolumeFolders(kubectl, reference, folders);
});

const noSmoke = ["--no-smoke", "--tool", settings.deployWith];

test("the namespaces come first, so that what Kafka needs can be given", async () => {
  const { namespace } = platform.profile;
  await platform.succeed("deploy", "--stacks", "foundation", ...noSmoke);
  await kafka.prepare(namespace);
  expect(await kubectl.names("namespace", namespace)).toEqual([`namespace/${namespace}`]);
});

test("every stack is deployed, and gold is in ClickHouse", async () => {
  const startedAt = performance.now();
  const { seconds } = await platform.succeed("deploy", ...noSmoke);
  let rows = 0;
  await until(
    "the first row of gold in ClickHouse",
    async () => {
      rows = Number(await askClickHouse(kubectl, platform.profile, "SELECT count() FROM lake.gold_facts"));
      return rows > 0 ? undefined : "lake.gold_facts has none";
    },
    AbortSignal.timeout(900_000),
  );
  const firstGold = (performance.now() - startedAt) / 1000;
  appendFigure(settings, "deploy from nothing, images there", seconds, 360);
  appendFigure(settings, "deploy from nothing to the first gold row in ClickHouse", firstGold, 360);
  expect(rows).toBeGreaterThan(0);
});

test("all pods of the lake run", async () => {
  const phases = await kubectl.do(
    // Runs of the checks and the watchdog end, successfully or not, and are kept for their logs.
    ...[
      "get",
      "pods",
      "-n",
      platform.profile.namespace,
      "-l",
      "app.kubernetes.io/component notin (smoke,watchdog,clickhouse-backup)",
    ],
    ...["-o", `jsonpath={range .items[*]}{.metadata.name} {.status.phase}{"\\n"}{end}`],
  );
  const wrong = phases.split("\n").filter((line) => line !== "" && !/ (Running|Succeeded)$/.test(line));
  expect(wrong).toEqual([]);
});
