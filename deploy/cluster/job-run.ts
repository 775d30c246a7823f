import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Manifest } from "../../stacks/constructs/manifests";
import { withTemporaryFile } from "../temporary-file";
import { ClusterError, type Cluster } from "./kubectl";

const lookEverySeconds = 1;

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        phase: z.string(),
        reason: z.string().optional(),
        containerStatuses: z
          .array(
            z.object({
              state: z.object({
                waiting: z.object({ reason: z.string(), message: z.string().default("") }).optional(),
                terminated: z.object({ exitCode: z.number(), reason: z.string().default("") }).optional(),
              }),
            }),
          )
          .default([]),
      }),
    }),
  ),
});

const eventList = z.object({ items: z.array(z.object({ message: z.string().default("") })) });

type Pod = z.infer<typeof podList>["items"][number];

/** Reasons for waiting that end without intervention: a Secret may not exist yet. */
const passing = /^(ContainerCreating|PodInitializing|CreateContainerConfigError)$/;

function stateOf(pod: Pod | undefined) {
  return pod?.status.containerStatuses[0]?.state;
}

/** Follows a Job's only pod: its start, its log and its end. */
class JobRun {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly job: string,
    private readonly deadlineSeconds: number,
  ) {}

  async exitCode(): Promise<number> {
    const started = await this.until(
      (pod) => stateOf(pod)?.waiting === undefined && pod.status.phase !== "Pending",
    );
    // The end of the log does not tell how the program ended: only the exit code does.
    await this.cluster.show("logs", "--follow", "--namespace", this.namespace, started.metadata.name);
    const ended = await this.until(
      (pod) => stateOf(pod)?.terminated !== undefined || pod.status.phase === "Failed",
    );
    return stateOf(ended)?.terminated?.exitCode ?? 1;
  }

  private async until(reached: (pod: Pod) => boolean): Promise<Pod> {
    const deadline = Date.now() + this.deadlineSeconds * 1000;
    let seen = "no pod was made";
    while (Date.now() < deadline) {
      const args = ["get", "pods", "--namespace", this.namespace, "--selector", `job-name=${this.job}`];
      const [pod] = podList.parse(await this.cluster.json(...args)).items;
      if (pod) {
        if (reached(pod)) return pod;
        const waiting = stateOf(pod)?.waiting;
        seen = waiting ? `${waiting.reason} ${waiting.message}`.trim() : pod.status.phase;
        if (waiting && !passing.test(waiting.reason))
          throw new ClusterError(`job ${this.job} can't start: ${seen}`);
      } else {
        const refusal = await this.refusal();
        if (refusal !== undefined) throw new ClusterError(`job ${this.job} can't start: ${refusal}`);
      }
      await sleep(lookEverySeconds * 1000);
    }
    throw new ClusterError(`job ${this.job} did not get on within ${this.deadlineSeconds} s: ${seen}`);
  }

  /** Why the API server refuses the job's pod, such as an exceeded quota: waiting does not help then. */
  private async refusal(): Promise<string | undefined> {
    const args = ["get", "events", "--namespace", this.namespace];
    const selector = `involvedObject.name=${this.job},reason=FailedCreate`;
    const { items } = eventList.parse(await this.cluster.json(...args, "--field-selector", selector));
    return items.map(({ message }) => message).find((message) => message.includes("is forbidden"));
  }
}

/**
 * Creates a Job of one container and waits until it has ended. Its log is shown on the terminal.
 * @param deadlineSeconds for its start, and again for its end after the log has ended
 * @returns the program's exit code
 * @throws ClusterError when it can't start, or does not start or end in time
 */
export async function runJob(cluster: Cluster, job: Manifest, deadlineSeconds: number): Promise<number> {
  const { name, namespace = "default" } = job.metadata;
  await withTemporaryFile(job, (path) => cluster.text("create", "-f", path));
  return new JobRun(cluster, namespace, name, deadlineSeconds).exitCode();
}
