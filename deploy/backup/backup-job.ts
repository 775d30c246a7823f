import { z } from "zod";
import type { Manifest } from "../../stacks/constructs/manifests";
import type { Cluster } from "../cluster/kubectl";
import { runJob } from "../cluster/job-run";
import { StepFailed } from "../request";

/** The nightly job of `charts/clickhouse`, whose pod sees the backups and may ask ClickHouse. */
const cronJobName = "clickhouse-backup";

const cronJob = z.object({
  spec: z.object({
    jobTemplate: z.object({
      spec: z.looseObject({
        activeDeadlineSeconds: z.number(),
        template: z.looseObject({
          spec: z.looseObject({ containers: z.tuple([z.looseObject({ args: z.array(z.string()) })]) }),
        }),
      }),
    }),
  }),
});

/** A Job as it is written, of which the caller needs to know how long it may take. */
interface BackupJob extends Manifest {
  readonly spec: { readonly activeDeadlineSeconds: number; readonly [field: string]: unknown };
}

const minutesToReadItsLog = 60;

/**
 * A Job with the pod of the nightly one, which does something else.
 * @param nightly the CronJob, as `kubectl get -o json` has it
 * @param task for `jobs/backup`: `list`, `restore <name>`...
 */
export function backupJob(
  nightly: unknown,
  {
    name,
    namespace,
    task,
  }: { readonly name: string; readonly namespace: string; readonly task: readonly string[] },
): BackupJob {
  const { spec } = cronJob.parse(nightly).spec.jobTemplate;
  const [container] = spec.template.spec.containers;
  const pod = { ...spec.template.spec, containers: [{ ...container, args: [...task] }] };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace },
    spec: {
      ...spec,
      // What was refused once is refused again.
      backoffLimit: 0,
      ttlSecondsAfterFinished: minutesToReadItsLog * 60,
      template: { ...spec.template, spec: pod },
    },
  };
}

/**
 * Runs `jobs/backup` in the cluster; what it says goes to the terminal.
 * @returns its exit code
 * @throws StepFailed when ClickHouse is deployed without backups
 */
export async function runBackupJob(
  cluster: Cluster,
  namespace: string,
  task: readonly string[],
): Promise<number> {
  const found = await cluster.try("get", "cronjob", cronJobName, "--namespace", namespace, "-o", "json");
  if (found.code !== 0)
    throw new StepFailed(
      `there is no CronJob ${cronJobName} in namespace ${namespace}: no backup was ever made there. Set clickhouse.backup in the profile and deploy the stack serving (docs/backup.md)`,
    );
  const name = `${cronJobName}-${task[0] ?? ""}-${Date.now().toString(36)}`;
  const job = backupJob(JSON.parse(found.stdout), { name, namespace, task });
  return runJob(cluster, job, job.spec.activeDeadlineSeconds);
}
