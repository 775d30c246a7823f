import { createTopics } from "../../../local/kafka/create-topics";
import { freePorts } from "../../../local/jvm/free-ports";
import { until } from "../../../local/jvm/until";
import { loadProfile } from "../../../profiles";
import { bronzeApplication } from "../../../stacks/lakehouse/bronze";
import { dashboardConfigMap } from "../../../stacks/observability/dashboard";
import { podMonitors } from "../../../stacks/observability/monitors";
import { text } from "./events";
import { RunningLake } from "./running-bronze";

jest.setTimeout(300_000);

const profile = loadProfile("kind", "observability.enabled=true");

/** The application's Spark settings on a cluster, those that its metrics need. */
function metricsConf(): string[] {
  const { sparkConf, arguments: args } = bronzeApplication(profile).spec as {
    sparkConf: Record<string, string>;
    arguments: string[];
  };
  const given = args.filter((_, index) => args[index - 1] === "--spark-conf");
  const submitted = Object.entries(sparkConf)
    .filter(([key]) => /^spark\.(ui|metrics)\./.test(key))
    .map(([key, value]) => `${key}=${value}`);
  return [...given, ...submitted].flatMap((setting) => ["--spark-conf", setting]);
}

/** The driver's pages that Prometheus reads. */
function pages(): string[] {
  const monitor = podMonitors(profile).find(({ metadata }) => metadata.name === "spark-driver");
  const { podMetricsEndpoints } = monitor?.spec as { podMetricsEndpoints: { path: string }[] };
  return podMetricsEndpoints.map(({ path }) => path);
}

let lake: RunningLake;
afterAll(() => lake.stop());

test("every figure of Spark that a panel shows is on a page that Prometheus reads", async () => {
  lake = await RunningLake.start();
  await createTopics(lake.kafkaAddress);
  await lake.send("listen_events", 0, [{ value: text("listen_events") }]);
  const [port = 0] = await freePorts(1);
  const bronze = lake.run(["--trigger", "1", ...metricsConf(), "--spark-conf", `spark.ui.port=${port}`]);
  await bronze.until(() => bronze.rows > 0);

  const { data } = dashboardConfigMap(profile);
  const shown = [...JSON.stringify(data).matchAll(/metrics_(?:lake|executor)_\w+/g)].map(([name]) => name);
  expect(shown.length).toBeGreaterThan(5);
  await until(
    "the metrics",
    async () => {
      const texts = await Promise.all(
        pages().map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()),
      );
      const there = new Set([...texts.join("\n").matchAll(/^(\w+)[{ ]/gm)].map(([, name]) => name));
      const missing = shown.filter((name) => !there.has(name));
      return missing.length === 0 ? undefined : `missing are ${missing.join(", ")}`;
    },
    AbortSignal.timeout(60_000),
  );
});
