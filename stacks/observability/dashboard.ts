import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { bronzeMetric, executorMetric } from "./spark-metrics";

interface Panel {
  readonly title: string;
  readonly unit: string;
  /** PromQL expression by legend. */
  readonly queries: Readonly<Record<string, string>>;
}

const columns = 2;
const [width, height] = [12, 8];

function panelsOf({ namespace }: Profile): Panel[] {
  const here = `namespace="${namespace}"`;
  return [
    {
      title: "Records into Kafka",
      unit: "short",
      queries: {
        "{{topic}}": `sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesinpersec_total{${here}}[5m]))`,
      },
    },
    {
      title: "Partitions with too few copies",
      unit: "short",
      queries: { partitions: `sum(kafka_server_replicamanager_underreplicatedpartitions{${here}})` },
    },
    {
      title: "HDFS: used and free",
      unit: "bytes",
      queries: {
        used: `max(fs_namesystem_capacity_used{${here}})`,
        free: `max(fs_namesystem_capacity_remaining{${here}})`,
      },
    },
    {
      title: "HDFS: files and blocks in trouble",
      unit: "short",
      queries: {
        files: `max(fs_namesystem_files_total{${here}})`,
        "under-replicated": `max(fs_namesystem_under_replicated_blocks{${here}})`,
        missing: `max(fs_namesystem_missing_blocks{${here}})`,
      },
    },
    {
      title: "Bronze: records a second that arrive, and that a batch carries",
      unit: "short",
      queries: {
        arrive: `max(${bronzeMetric("inputRate_total")}{${here}})`,
        carried: `max(${bronzeMetric("processingRate_total")}{${here}})`,
      },
    },
    {
      title: "Bronze: time of a batch",
      unit: "ms",
      queries: { batch: `max(${bronzeMetric("latency")}{${here}})` },
    },
    {
      title: "Spark: tasks at work, and tasks that failed",
      unit: "short",
      queries: {
        "{{application_name}}": `sum by (application_name) (${executorMetric("activeTasks")}{${here}})`,
        "{{application_name}}, failed": `sum by (application_name) (increase(${executorMetric("failedTasks_total")}{${here}}[5m]))`,
      },
    },
    {
      title: "Spark: heap of each executor",
      unit: "bytes",
      queries: {
        "{{application_name}} {{executor_id}}": `max by (application_name, executor_id) (${executorMetric("JVMHeapMemory_bytes")}{${here}})`,
      },
    },
    {
      title: "Spark: share of its time that an executor collects garbage",
      unit: "percentunit",
      queries: {
        "{{application_name}} {{executor_id}}": `max by (application_name, executor_id) (rate(${executorMetric("totalGCTime_seconds_total")}{${here}}[5m]))`,
      },
    },
    {
      title: "Spark: bytes that executors read of each other",
      unit: "Bps",
      queries: {
        "{{application_name}}": `sum by (application_name) (rate(${executorMetric("totalShuffleRead_bytes_total")}{${here}}[5m]))`,
      },
    },
    {
      title: "Memory of pods",
      unit: "bytes",
      queries: { "{{pod}}": `sum by (pod) (container_memory_working_set_bytes{${here},container!=""})` },
    },
    {
      title: "CPU of pods",
      unit: "short",
      queries: {
        "{{pod}}": `sum by (pod) (rate(container_cpu_usage_seconds_total{${here},container!=""}[5m]))`,
      },
    },
    {
      title: "ClickHouse: queries at once",
      unit: "short",
      queries: { queries: `max(ClickHouseMetrics_Query{${here}})` },
    },
    {
      title: "Checks of the lake that failed",
      unit: "short",
      queries: { "{{job_name}}": `kube_job_status_failed{${here},job_name=~"lake-watch-.*"}` },
    },
  ];
}

function panel({ title, unit, queries }: Panel, index: number) {
  return {
    id: index + 1,
    type: "timeseries",
    title,
    gridPos: { w: width, h: height, x: (index % columns) * width, y: Math.floor(index / columns) * height },
    datasource: { type: "prometheus", uid: "${datasource}" },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: Object.entries(queries).map(([legendFormat, expr], query) => ({
      refId: String.fromCharCode("A".charCodeAt(0) + query),
      expr,
      legendFormat,
    })),
  };
}

/** A ConfigMap that Grafana's sidecar finds by its labels. */
export function dashboardConfigMap(profile: Profile): Manifest & { data: object } {
  const { namespace, observability } = profile;
  const dashboard = {
    uid: `lake-${namespace}`,
    title: `Lake (${namespace})`,
    tags: ["lake"],
    schemaVersion: 39,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: { list: [{ name: "datasource", type: "datasource", query: "prometheus" }] },
    panels: panelsOf(profile).map(panel),
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "lake-dashboard",
      namespace,
      labels: { ...partOf, ...observability.dashboardLabels },
    },
    data: { "lake.json": JSON.stringify(dashboard, null, 2) },
  };
}
