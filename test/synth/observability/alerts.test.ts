import { loadProfile } from "../../../profiles";
import { prometheusRule } from "../../../stacks/observability/prometheus-rule";
import { findPromtool, firing, lookAtSeconds, wrongRules, type Series } from "./promtool";

jest.setTimeout(60_000);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

function rulesOf(profile: string, changes = ""): Rule[] {
  const { groups } = prometheusRule(loadProfile(profile, changes)).spec as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

const names = (changes = "") => rulesOf("cloud", changes).map(({ alert }) => alert);
const ofKafkaAndBackups = ["KafkaCertificateEnds", "ClickHouseBackupFailed", "ClickHouseBackupMissing"];

test("certificates and backups are watched, where there are any", () => {
  expect(names()).toEqual(expect.arrayContaining(ofKafkaAndBackups));
  expect(names("clickhouse.backup=null").join()).not.toContain("Backup");
});

test("each alert says how bad it is, and what to do or where to look", () => {
  for (const { labels, annotations } of rulesOf("cloud")) {
    expect(labels.severity).toMatch(/^(warning|critical)$/);
    expect(annotations.summary.length).toBeGreaterThan(40);
  }
});

test("what is looked at is the lake's own: its namespace is in every expression", () => {
  for (const { expr } of rulesOf("cloud", "namespace=music")) expect(expr).toContain('namespace="music"');
});

const promtool = findPromtool(process.env);

if (promtool === undefined) {
  console.warn(
    "SKIPPED: the alerts, evaluated by Prometheus. There is no promtool on the PATH: it comes with Prometheus (apt install prometheus)",
  );
  test.skip("the alerts, evaluated by Prometheus: there is no promtool", () => undefined);
} else {
  const profile = loadProfile("cloud");
  const day = 24 * 60 * 60;
  const hour = 60 * 60;
  const [cron, job] = [
    'namespace="lake",cronjob="clickhouse-backup"',
    'namespace="lake",job_name="clickhouse-backup-2"',
  ];

  /** A healthy lake, for which no alert fires. */
  const well: Series = {
    'kube_pod_status_phase{namespace="lake",pod="bronze-driver",phase="Running"}': 1,
    'kube_pod_status_phase{namespace="lake",pod="silver-driver",phase="Running"}': 1,
    'kube_pod_status_phase{namespace="lake",pod="gold-driver",phase="Running"}': 1,
    'kube_cronjob_status_last_schedule_time{namespace="lake",cronjob="lake-watch"}': lookAtSeconds - 60,
    'kube_cronjob_status_last_schedule_time{namespace="lake",cronjob="watchdog"}': lookAtSeconds - 60,
    [`kube_cronjob_status_last_successful_time{${cron}}`]: lookAtSeconds - 12 * hour,
    [`kube_cronjob_next_schedule_time{${cron}}`]: lookAtSeconds + 12 * hour,
    [`kube_cronjob_spec_suspend{${cron}}`]: 0,
    'strimzi_certificate_expiration_timestamp_ms{resource_namespace="lake",type="cluster-ca"}':
      (lookAtSeconds + 25 * day) * 1000,
  };
  const fires = (changes: Series, without = "") =>
    firing(
      promtool,
      profile,
      Object.fromEntries(
        Object.entries({ ...well, ...changes }).filter(([name]) => !name.startsWith(without || " ")),
      ),
    );
  const failedAt = (seconds: number): Series => ({
    [`kube_job_status_start_time{${job}}`]: seconds,
    [`kube_job_failed{${job},condition="true"}`]: 1,
  });

  test.each(["kind", "cloud", "ci"])("Prometheus takes the rules of %s", async (name) => {
    expect(await wrongRules(promtool, loadProfile(name, "observability.enabled=true"))).toBe("");
  });

  test("of a lake that is well nothing is said", async () => {
    expect(await fires({})).toEqual([]);
  });

  test.each([
    ["the newest backup failed", failedAt(lookAtSeconds - hour), ["ClickHouseBackupFailed"]],
    ["one failed before the newest that did not", failedAt(lookAtSeconds - 30 * hour), []],
    [
      "its time passed five hours ago",
      { [`kube_cronjob_next_schedule_time{${cron}}`]: lookAtSeconds - 5 * hour },
      ["ClickHouseBackupMissing"],
    ],
    [
      "its time passed an hour ago, and it may still start",
      { [`kube_cronjob_next_schedule_time{${cron}}`]: lookAtSeconds - hour },
      [],
    ],
    ["it is suspended", { [`kube_cronjob_spec_suspend{${cron}}`]: 1 }, ["ClickHouseBackupMissing"]],
    [
      "Kafka's authority ends in twenty days",
      {
        'strimzi_certificate_expiration_timestamp_ms{resource_namespace="lake",type="cluster-ca"}':
          (lookAtSeconds + 20 * day) * 1000,
      },
      ["KafkaCertificateEnds"],
    ],
    [
      "another namespace's does",
      {
        'strimzi_certificate_expiration_timestamp_ms{resource_namespace="theirs",type="cluster-ca"}':
          (lookAtSeconds + day) * 1000,
      },
      [],
    ],
  ])("%s", async (_, changes, alerts) => {
    expect(await fires(changes)).toEqual(alerts);
  });

  test("the first backup ever failed", async () => {
    const first = failedAt(lookAtSeconds - hour);
    expect(await fires(first, "kube_cronjob_status_last_successful_time")).toEqual([
      "ClickHouseBackupFailed",
    ]);
  });

  test("its CronJob is gone", async () => {
    expect(await fires({}, "kube_cronjob_spec_suspend")).toEqual(["ClickHouseBackupMissing"]);
  });
}
