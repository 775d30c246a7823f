import type { Profile } from "../../profiles";
import type { Manifest } from "../constructs/manifests";
import { partOf } from "../labels";
import { consoleAlerts, lakeAlerts, watchdogAlerts } from "./lake-alerts";
import { backupAlerts, hdfsAlerts, kafkaAlerts } from "./storage-alerts";

/** The groups `lake` and `clickhouse` need kube-state-metrics. */
export function prometheusRule(profile: Profile): Manifest & { spec: object } {
  const { namespace, observability } = profile;
  const groups = {
    lake: [...lakeAlerts(profile), ...watchdogAlerts(profile), ...consoleAlerts(profile)],
    hdfs: hdfsAlerts(profile),
    kafka: kafkaAlerts(profile),
    clickhouse: backupAlerts(profile),
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
