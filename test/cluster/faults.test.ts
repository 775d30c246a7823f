import { until } from "../../local/jvm/until";
import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { kafkaOf } from "./kafka/kafka";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
let platform: Platform;
let namespace: string;

beforeAll(async () => {
  platform = await Platform.of(settings);
  ({ namespace } = platform.profile);
});

/** Deletes pods at once, as the loss of a node would: they get no chance to shut down. */
async function kill(selector: string, where = namespace): Promise<void> {
  await until(
    `a pod of ${selector}`,
    async () =>
      (await kubectl.names("pods", "-n", where, "-l", selector)).length > 0 ? undefined : "there is none",
    AbortSignal.timeout(300_000),
  );
  await kubectl.do("delete", "pods", "-n", where, "-l", selector, "--force", "--grace-period=0");
}

const component = (name: string): string => `app.kubernetes.io/component=${name}`;

const faults: [string, () => Promise<void>][] = [
  ["bronze's driver is deleted", () => kill(`${component("bronze")},spark-role=driver`)],
  ["an executor is deleted", () => kill(`${component("bronze")},spark-role=executor`)],
  ["silver's driver is deleted", () => kill(`${component("silver")},spark-role=driver`)],
  ["gold's driver is deleted", () => kill(`${component("gold")},spark-role=driver`)],
  ["the NameNode is deleted", () => kill(component("hdfs-namenode"))],
  ["a DataNode is deleted", () => kill(component("hdfs-datanode"))],
  ["ClickHouse is deleted", () => kill(component("clickhouse"))],
  ["serve is deleted", () => kill(component("serve"))],
  [
    "the Spark operator is deleted",
    () => kill("app.kubernetes.io/name=spark-operator", platform.profile.operators.namespace),
  ],
  ["the broker is restarted", () => kafkaOf(settings, kubectl).restart(namespace)],
];

test.each(faults)("after %s data flows on", async (what, fault) => {
  await fault();
  appendFigure(settings, `after ${what}: until a new probe is in ClickHouse`, await dataFlow(platform), 90);
  await kubectl.waitFor(
    /^(Running )+$/,
    [
      ...[
        "pods",
        "-n",
        namespace,
        "-l",
        "app.kubernetes.io/component notin (smoke,watchdog,clickhouse-backup)",
      ],
      // Executors whose driver was killed end on their own; Spark's operator does not delete them.
      ...["--field-selector", "status.phase!=Succeeded"],
      ...["-o", "jsonpath={range .items[*]}{.status.phase} {end}"],
    ],
    300,
  );
});

test("over all faults nothing was lost and nothing is there twice", () => nothingLostNothingTwice(platform));

test("after the node was drained and given back data flows on", async () => {
  const [node = ""] = await kubectl.names("nodes");
  await kubectl.do(
    ...["drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=300s"],
    ...["--pod-selector", "app.kubernetes.io/part-of=spotify-content-management", "--disable-eviction"],
  );
  await kubectl.do("uncordon", node);
  appendFigure(settings, "after a drain: until a new probe is in ClickHouse", await dataFlow(platform), 180);
  await nothingLostNothingTwice(platform);
});
