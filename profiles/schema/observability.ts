import { z } from "zod";
import { labels, name, share, switchedOn, whole } from "./words";

export const observability = z.strictObject({
  enabled: switchedOn.describe("needs the Prometheus operator's custom resources"),
  prometheusNamespace: name.describe("namespace whose pods may read the metrics"),
  ruleLabels: labels.describe("labels by which Prometheus finds rules and monitors"),
  dashboardLabels: labels.describe("labels by which Grafana finds dashboards"),
  alerts: z.strictObject({
    freshnessSeconds: whole(1, 86_400),
    quarantineShare: share(),
    smallFileMebibytes: whole(1, 1024),
    everyMinutes: whole(1, 59).describe("interval between checks of the freshness"),
    stuckMinutes: whole(1, 1440),
  }),
});
