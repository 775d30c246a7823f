import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { watchName } from "./watch";

interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly minutes: number;
  readonly severity: "warning" | "critical";
  readonly summary: string;
}

const mebibyte = 2 ** 20;

/** Of a CronJob's newest two Jobs one failed. */
function failedLately(namespace: string, name: string, everyMinutes: number): string {
  const jobs = `{namespace="${namespace}",job_name=~"${name}-.*"}`;
  return `max(kube_job_status_failed${jobs} * on (job_name) group_left () (time() - kube_job_status_start_time${jobs} < bool ${everyMinutes * 60 * 2})) > 0`;
}

function notRunLately(namespace: string, name: string, everyMinutes: number): string {
  return `time() - max(kube_cronjob_status_last_schedule_time{namespace="${namespace}",cronjob="${name}"}) > ${everyMinutes * 60 * 3}`;
}

function watchdogAlerts({ namespace, watchdog }: Profile): Alert[] {
  if (!watchdog.enabled) return [];
  const { everyMinutes, staleSeconds } = watchdog;
  return [
    {
      name: "LakeApplicationStale",
      expr: failedLately(namespace, "watchdog", everyMinutes),
      // One restart mends what the operator left; what lasts longer needs somebody.
      minutes: Math.ceil((2 * staleSeconds) / 60),
      severity: "critical",
      summary: `bronze or refine leaves data waiting, and restarts do not mend it, or that can't be told: the log of the newest failed job watchdog says which`,
    },
    {
      name: "LakeNotGuarded",
      expr: notRunLately(namespace, "watchdog", everyMinutes),
      minutes: 0,
      severity: "warning",
      summary: `the watchdog has not run for ${everyMinutes * 3} minutes: a stuck bronze or refine stays so`,
    },
  ];
}

function lakeAlerts({ namespace, observability }: Profile): Alert[] {
  const { stuckMinutes, everyMinutes, freshnessSeconds, quarantineShare } = observability.alerts;
  const driver = (name: string) =>
    `kube_pod_status_phase{namespace="${namespace}",pod="${name}-driver",phase="Running"}`;
  return [
    ...["bronze", "refine"].map((name) => ({
      name: `LakeApplicationStuck_${name}`,
      // The operator is known to leave an application waiting for ever; its own state does not tell.
      expr: `(sum(${driver(name)}) or vector(0)) < 1`,
      minutes: stuckMinutes,
      severity: "critical" as const,
      summary: `${name} has had no running driver for ${stuckMinutes} minutes: delete its SparkApplication's pods, then see the operator's log`,
    })),
    {
      name: "LakeStaleOrUnreadable",
      expr: failedLately(namespace, watchName, everyMinutes),
      minutes: 0,
      severity: "critical",
      summary: `the lake is older than ${freshnessSeconds} s, or more than ${quarantineShare * 100} % of a topic is in quarantine: the log of the newest job ${watchName} says which`,
    },
    {
      name: "LakeNotWatched",
      expr: notRunLately(namespace, watchName, everyMinutes),
      minutes: 0,
      severity: "warning",
      summary: `the checks of ${watchName} have not run for ${everyMinutes * 3} minutes`,
    },
  ];
}

function hdfsAlerts({ namespace, observability, hdfs }: Profile): Alert[] {
  if (hdfs.mode === "external") return [];
  const fs = (metric: string) => `max(fs_namesystem_${metric}{namespace="${namespace}"})`;
  return [
    {
      name: "HdfsUnderReplicatedBlocks",
      expr: `${fs("under_replicated_blocks")} > 0`,
      minutes: 15,
      severity: "warning",
      summary: "blocks have fewer copies than they should: a DataNode is gone or full",
    },
    {
      name: "HdfsMissingBlocks",
      expr: `${fs("missing_blocks")} > 0`,
      minutes: 1,
      severity: "critical",
      summary: "blocks have no copy left: bring the DataNode that had them back, and delete nothing",
    },
    {
      name: "HdfsSmallFiles",
      expr: `${fs("capacity_used")} / ${hdfs.replication} / ${fs("files_total")} < ${observability.alerts.smallFileMebibytes * mebibyte} and ${fs("files_total")} > 100000`,
      minutes: 60,
      severity: "warning",
      summary: `files are below ${observability.alerts.smallFileMebibytes} MiB on average: raise bronze.triggerSeconds`,
    },
  ];
}

function kafkaAlerts({ namespace, kafka }: Profile): Alert[] {
  if (kafka.mode === "external") return [];
  return [
    {
      name: "KafkaUnderReplicatedPartitions",
      expr: `sum(kafka_server_replicamanager_underreplicatedpartitions{namespace="${namespace}"}) > 0`,
      minutes: 10,
      severity: "warning",
      summary: "partitions have fewer copies than they should: a broker is gone or behind",
    },
  ];
}

/** When somebody has to look, and at what. The first group needs kube-state-metrics. */
export function prometheusRule(profile: Profile): Manifest & { spec: object } {
  const { namespace, observability } = profile;
  const groups = {
    lake: [...lakeAlerts(profile), ...watchdogAlerts(profile)],
    hdfs: hdfsAlerts(profile),
    kafka: kafkaAlerts(profile),
  };
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "lake", namespace, labels: { ...partOf, ...observability.ruleLabels } },
    spec: {
      groups: Object.entries(groups)
        .filter(([, alerts]) => alerts.length > 0)
        .map(([name, alerts]) => ({
          name,
          rules: alerts.map(({ name, expr, minutes, severity, summary }) => ({
            alert: name,
            expr,
            ...(minutes > 0 && { for: `${minutes}m` }),
            labels: { severity },
            annotations: { summary },
          })),
        })),
    },
  };
}
