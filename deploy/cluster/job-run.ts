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

/** Reasons to wait that pass by themselves: a Secret may still be under way. */
const passing = /^(ContainerCreating|PodInitializing|CreateContainerConfigError)$/;

function stateOf(pod: Pod | undefined) {
  return pod?.status.containerStatuses[0]?.state;
}

/** One run of a Job's only pod, with the log as it comes. */
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
    // A log that breaks off says nothing of how the program ended: only the exit code does.
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

  /** Why the API server takes no pod of the job, as a quota that is used up: that does not pass by itself. */
  private async refusal(): Promise<string | undefined> {
    const args = ["get", "events", "--namespace", this.namespace];
    const selector = `involvedObject.name=${this.job},reason=FailedCreate`;
    const { items } = eventList.parse(await this.cluster.json(...args, "--field-selector", selector));
    return items.map(({ message }) => message).find((message) => message.includes("is forbidden"));
  }
}

/**
 * Makes a Job of one container and stays until it has ended; its log goes to the terminal.
 * @param deadlineSeconds for its start, and again for its end once its log has ended
 * @returns the program's exit code
 * @throws ClusterError when it can't start
 */
export async function runJob(cluster: Cluster, job: Manifest, deadlineSeconds: number): Promise<number> {
  const { name, namespace = "default" } = job.metadata;
  await withTemporaryFile(job, (path) => cluster.text("create", "-f", path));
  return new JobRun(cluster, namespace, name, deadlineSeconds).exitCode();
}
