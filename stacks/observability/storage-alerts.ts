import type { Profile } from "../../profiles";
import type { Alert } from "./alert";

const mebibyte = 2 ** 20;
const daySeconds = 24 * 60 * 60;

export function hdfsAlerts({ namespace, observability, hdfs }: Profile): Alert[] {
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

/** Strimzi renews a certificate authority 30 days before it ends: with fewer days left, the renewal has failed. */
const daysOfCertificate = 21;

export function kafkaAlerts({ namespace, kafka }: Profile): Alert[] {
  if (kafka.mode === "external") return [];
  return [
    {
      name: "KafkaUnderReplicatedPartitions",
      expr: `sum(kafka_server_replicamanager_underreplicatedpartitions{namespace="${namespace}"}) > 0`,
      minutes: 10,
      severity: "warning",
      summary: "partitions have fewer copies than they should: a broker is gone or behind",
    },
    {
      name: "KafkaCertificateEnds",
      expr: `min by (type) (strimzi_certificate_expiration_timestamp_ms{resource_namespace="${namespace}"}) / 1000 - time() < ${daysOfCertificate * daySeconds}`,
      minutes: 5,
      severity: "warning",
      summary: `the {{ $labels.type }} of Kafka ends in less than ${daysOfCertificate} days, and Strimzi has not renewed it: its operator's log says why`,
    },
  ];
}

/** Name of the CronJob of charts/clickhouse. */
const backupName = "clickhouse-backup";

/** `startingDeadlineSeconds` of that CronJob: a backup that has not started by then is skipped. */
const backupStartSeconds = 4 * 60 * 60;

/** No alert can tell whether a backup can be restored; `npm run restore` can. */
export function backupAlerts({ namespace, clickhouse }: Profile): Alert[] {
  if (clickhouse.mode === "external" || clickhouse.backup === null) return [];
  const jobs = `{namespace="${namespace}",job_name=~"${backupName}-.*"}`;
  const cronJob = `{namespace="${namespace}",cronjob="${backupName}"}`;
  const failed = jobs.replace("}", ',condition="true"}');
  return [
    {
      name: "ClickHouseBackupFailed",
      expr: `max(kube_job_status_start_time${jobs} and on (job_name) kube_job_failed${failed} == 1) > (max(kube_cronjob_status_last_successful_time${cronJob}) or vector(0))`,
      minutes: 0,
      severity: "critical",
      summary: `ClickHouse's newest backup failed: kubectl -n ${namespace} logs of the newest job ${backupName} says why`,
    },
    {
      name: "ClickHouseBackupMissing",
      expr: `time() - max(kube_cronjob_next_schedule_time${cronJob}) > ${backupStartSeconds} or absent(kube_cronjob_spec_suspend${cronJob} == 0)`,
      minutes: 5,
      severity: "critical",
      summary: `ClickHouse was to be backed up and was not: CronJob ${backupName} is suspended or gone, or its time passed without a run`,
    },
  ];
}
