import { loadProfile } from "../../../profiles";
import { edgesOf } from "../../../stacks/foundation/edges";
import { podMonitors } from "../../../stacks/observability/monitors";
import { dashboardConfigMap } from "../../../stacks/observability/dashboard";

const profile = loadProfile("cloud");

interface Endpoint {
  readonly port: string;
  readonly path: string;
}

const endpoints = (name: string) =>
  podMonitors(profile)
    .filter(({ metadata }) => metadata.name === name)
    .flatMap(({ spec }) => (spec as { podMetricsEndpoints: Endpoint[] }).podMetricsEndpoints);

test("of Spark's drivers both pages are read: their own, and that of their executors", () => {
  expect(endpoints("spark-driver")).toMatchObject([
    { port: "spark-ui", path: "/metrics/prometheus" },
    { port: "spark-ui", path: "/metrics/executors/prometheus" },
  ]);
});

test("Prometheus has a way to every part that it reads", () => {
  const reached = edgesOf(profile).filter(({ from }) => from === "prometheus");
  expect(podMonitors(profile)).toHaveLength(reached.length);
});

test("panels of Spark are among the others, each with a figure", () => {
  const { data } = dashboardConfigMap(profile) as { data: Record<string, string> };
  const { panels } = JSON.parse(data["lake.json"] ?? "{}") as {
    panels: { id: number; title: string; targets: { expr: string }[] }[];
  };
  expect(panels.filter(({ title }) => /^(Spark|Bronze): /.test(title))).toHaveLength(6);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { targets } of panels)
    for (const { expr } of targets) expect(expr).toContain('namespace="lake"');
});
