import type { Manifest } from "../../../stacks/constructs/manifests";
import { planOf, stackOf } from "../../fixtures/planned";

const { objects, workloads } = stackOf(
  planOf("kind", "watchdog.everyMinutes=3 watchdog.staleSeconds=777"),
  "lakehouse",
);
const named = (kind: string, from: readonly Manifest[]) =>
  from.find((manifest) => manifest.kind === kind && manifest.metadata.name === "watchdog");

test("it may look at bronze, silver and gold, have them started again, and say so: nothing else", () => {
  const resourceNames = ["bronze", "silver", "gold"];
  expect(named("Role", objects)).toMatchObject({
    metadata: { namespace: "lake" },
    rules: [
      {
        apiGroups: ["sparkoperator.k8s.io"],
        resources: ["sparkapplications"],
        resourceNames,
        verbs: ["get"],
      },
      {
        apiGroups: ["sparkoperator.k8s.io"],
        resources: ["sparkapplications/status"],
        resourceNames,
        verbs: ["patch"],
      },
      { apiGroups: [""], resources: ["events"], verbs: ["create"] },
    ],
  });
  expect(named("Role", objects)).toHaveProperty("rules.length", 3);
  expect(named("RoleBinding", objects)).toMatchObject({
    subjects: [{ kind: "ServiceAccount", name: "watchdog", namespace: "lake" }],
  });
});

test("it looks as often as the profile says, never twice at once, and does not hang", () => {
  const job = named("CronJob", workloads);
  expect(job).toMatchObject({
    apiVersion: "batch/v1",
    metadata: { namespace: "lake" },
    spec: {
      schedule: "*/3 * * * *",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 180,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 180 } },
    },
  });
  expect(job).toMatchObject({
    spec: {
      jobTemplate: {
        spec: {
          template: {
            metadata: { labels: { "app.kubernetes.io/component": "watchdog" } },
            spec: {
              restartPolicy: "Never",
              serviceAccountName: "watchdog",
              automountServiceAccountToken: true,
              securityContext: { runAsNonRoot: true, runAsUser: 1000 },
              containers: [
                {
                  args: expect.arrayContaining([
                    "jobs/watchdog/cli.ts",
                    "--stale-seconds",
                    "777",
                  ]) as string[],
                  securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
                },
              ],
            },
          },
        },
      },
    },
  });
});

test("switched off, nothing of it is left", () => {
  const off = planOf("kind", "watchdog.enabled=false");
  expect(
    JSON.stringify(off.map(({ objects, workloads, releases }) => ({ objects, workloads, releases }))),
  ).not.toContain("watchdog");
});
