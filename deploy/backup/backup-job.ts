import { z } from "zod";
import type { Manifest } from "../../stacks/constructs/manifests";
import type { Cluster } from "../cluster/kubectl";
import { runJob } from "../cluster/job-run";
import { StepFailed } from "../request";

/** The nightly job of `charts/clickhouse`. Its pod mounts the backups and may query ClickHouse. */
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

/** A Job's manifest, with its deadline typed for the caller. */
interface BackupJob extends Manifest {
  readonly spec: { readonly activeDeadlineSeconds: number; readonly [field: string]: unknown };
}

const minutesToReadItsLog = 60;

/**
 * A Job with the pod of the nightly one and other arguments.
 * @param nightly the CronJob, as from `kubectl get -o json`
 * @param task arguments for `jobs/backup`: `list`, `restore <name>`...
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
      // A retry would be refused again.
      backoffLimit: 0,
      ttlSecondsAfterFinished: minutesToReadItsLog * 60,
      template: { ...spec.template, spec: pod },
    },
  };
}

/**
 * Runs `jobs/backup` in the cluster, with its log on the terminal.
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
