import type { Profile } from "../../profiles";
import { sparkSteps } from "../lakehouse/spark-application";
import type { Alert } from "./alert";
import { watchName } from "./watch";

/** PromQL: a Job of the CronJob that started within its last two intervals has failed. */
function failedLately(namespace: string, name: string, everyMinutes: number): string {
  const jobs = `{namespace="${namespace}",job_name=~"${name}-.*"}`;
  return `max(kube_job_status_failed${jobs} * on (job_name) group_left () (time() - kube_job_status_start_time${jobs} < bool ${everyMinutes * 60 * 2})) > 0`;
}

function notRunLately(namespace: string, name: string, everyMinutes: number): string {
  return `time() - max(kube_cronjob_status_last_schedule_time{namespace="${namespace}",cronjob="${name}"}) > ${everyMinutes * 60 * 3}`;
}

export function watchdogAlerts({ namespace, watchdog }: Profile): Alert[] {
  if (!watchdog.enabled) return [];
  const { everyMinutes, staleSeconds } = watchdog;
  return [
    {
      name: "LakeApplicationStale",
      expr: failedLately(namespace, "watchdog", everyMinutes),
      // Time for the watchdog to repair it with one restart; what lasts longer needs a person.
      minutes: Math.ceil((2 * staleSeconds) / 60),
      severity: "critical",
      summary: `bronze, silver or gold leaves data waiting, and restarts do not mend it, or that can't be told: the log of the newest failed job watchdog says which`,
    },
    {
      name: "LakeNotGuarded",
      expr: notRunLately(namespace, "watchdog", everyMinutes),
      minutes: 0,
      severity: "warning",
      summary: `the watchdog has not run for ${everyMinutes * 3} minutes: a stuck bronze, silver or gold stays so`,
    },
  ];
}

export function consoleAlerts({ namespace, console, observability }: Profile): Alert[] {
  if (!console.enabled) return [];
  return [
    {
      name: "LakeConsoleAway",
      expr: `(sum(kube_deployment_status_replicas_available{namespace="${namespace}",deployment="console"}) or vector(0)) < 1`,
      minutes: observability.alerts.stuckMinutes,
      severity: "warning",
      summary:
        "nobody can open the console: its pod's log and events say why; the lake does not depend on it",
    },
  ];
}

export function lakeAlerts({ namespace, observability }: Profile): Alert[] {
  const { stuckMinutes, everyMinutes, freshnessSeconds, quarantineShare } = observability.alerts;
  const driver = (name: string) =>
    `kube_pod_status_phase{namespace="${namespace}",pod="${name}-driver",phase="Running"}`;
  return [
    ...sparkSteps.map((name) => ({
      name: `LakeApplicationStuck_${name}`,
      // The operator may leave an application waiting for ever, and the application's state does not show it.
      expr: `(sum(${driver(name)}) or vector(0)) < 1`,
      minutes: stuckMinutes,
      severity: "critical" as const,
      summary: `${name} has had no running driver for ${stuckMinutes} minutes: the watchdog restarts it; when it stays, its driver's log and the operator's say why`,
    })),
    {
      name: "LakeStaleOrUnreadable",
      expr: failedLately(namespace, watchName, everyMinutes),
      minutes: 0,
      severity: "critical",
      summary: `the lake is older than ${freshnessSeconds} s, or more than ${quarantineShare * 100} % of a topic is in quarantine, or Kafka deleted records before they were read: the log of the newest job ${watchName} says which`,
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
