import { renderChart, type RenderedChart } from "../../fixtures/render-chart";

jest.setTimeout(60_000);

const variants = [
  ["hdfs", {}, 1001],
  ["hdfs", { ha: true, replication: 3, datanode: { replicas: 3 } }, 1001],
  ["clickhouse", { backup: { enabled: true } }, 101],
  ["clickhouse", { flavor: "embedded", backup: { enabled: true } }, 1000],
] as const;

describe.each(variants)("%s %j", (chart, values, user) => {
  let rendered: RenderedChart;
  beforeAll(async () => {
    rendered = await renderChart(chart, values);
  });

  test("its pods pass the restricted level", () => {
    expect(rendered.pods.length).toBeGreaterThan(0);
    for (const { spec } of rendered.pods) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: user,
        fsGroup: user,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(spec).not.toHaveProperty("hostNetwork");
      for (const volume of spec.volumes) expect(volume).not.toHaveProperty("hostPath");
    }
    for (const { securityContext } of rendered.containers)
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
  });

  test("no pod can talk to the cluster's API", () => {
    for (const { spec } of rendered.pods) expect(spec.automountServiceAccountToken).toBe(false);
    expect(rendered.names("Role")).toEqual([]);
  });

  test("every container says what it asks for, and its memory is bounded", () => {
    for (const { resources } of rendered.containers) {
      expect(Object.keys(resources?.requests ?? {})).toEqual(expect.arrayContaining(["cpu", "memory"]));
      expect(resources?.limits).toHaveProperty("memory");
    }
  });

  test("every object is labelled as the project's", () => {
    for (const { metadata } of rendered.objects)
      expect(metadata.labels).toMatchObject({
        "app.kubernetes.io/part-of": "spotify-content-management",
        "app.kubernetes.io/name": chart,
        "app.kubernetes.io/instance": chart,
      });
    for (const { metadata } of rendered.pods)
      expect(metadata.labels["app.kubernetes.io/component"]).toMatch(
        /^(hdfs-(namenode|datanode|journalnode)|zookeeper|clickhouse|clickhouse-backup)$/,
      );
  });

  test("labels of the user's own come beside, and may name the project again", async () => {
    const commonLabels = { team: "music", "app.kubernetes.io/part-of": "spotify-content-management" };
    const labelled = await renderChart(chart, { ...values, commonLabels });
    for (const { metadata } of labelled.objects) expect(metadata.labels.team).toBe("music");
  });
});
