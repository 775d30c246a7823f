import { existsSync } from "node:fs";
import { runInForeground } from "../../toolchain/process/foreground";
import type { Profile } from "../../profiles";
import { kubeconfigFiles } from "../../profiles/environment";
import { execute, lastLine } from "../execute";

/** The cluster can't be reached, or has refused a command. The message is one line, and says what to do. */
export class ClusterError extends Error {
  override name = "ClusterError";
}

/** A profile's cluster, accessed through kubectl. */
export class Cluster {
  private constructor(
    private readonly kubeconfig: string,
    private readonly context: string | null,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @throws ClusterError when there is no such kubeconfig, context or cluster */
  static async connect(profile: Profile, kubeconfig: string, env: NodeJS.ProcessEnv): Promise<Cluster> {
    const { context } = profile.cluster;
    if (!kubeconfigFiles(kubeconfig).some((path) => existsSync(path)))
      throw new ClusterError(
        `no kubeconfig at ${kubeconfig}: set KUBECONFIG, or make a cluster (npm run kind makes one on this machine)`,
      );
    // In the environment, because `--kubeconfig` takes only one file.
    const cluster = new Cluster(kubeconfig, context, { ...env, KUBECONFIG: kubeconfig });
    await cluster.requireContext();
    const answer = await cluster.try("version", "--request-timeout=10s", "-o", "json");
    if (answer.code !== 0)
      throw new ClusterError(`the cluster does not answer (${lastLine(answer)}): is it running?`);
    return cluster;
  }

  /** Arguments and environment with which kubectl and helm use the cluster. */
  get access(): { readonly kubectl: string[]; readonly helm: string[]; readonly env: NodeJS.ProcessEnv } {
    const { context, env } = this;
    return {
      kubectl: context === null ? [] : ["--context", context],
      helm: context === null ? [] : ["--kube-context", context],
      env,
    };
  }

  /** Runs kubectl and returns its output. @throws ClusterError with its last line when it fails */
  async text(...args: string[]): Promise<string> {
    const done = await this.try(...args);
    if (done.code !== 0) throw new ClusterError(`kubectl ${args.join(" ")}: ${lastLine(done)}`);
    return done.stdout;
  }

  async json(...args: string[]): Promise<unknown> {
    return JSON.parse(await this.text(...args, "-o", "json")) as unknown;
  }

  /** Runs kubectl and returns its exit code and output. Never throws. */
  try(...args: string[]) {
    return execute("kubectl", [...this.access.kubectl, ...args], this.env);
  }

  /** Runs kubectl with its output on the terminal and returns the exit code. */
  show(...args: string[]): Promise<number> {
    return runInForeground("kubectl", [...this.access.kubectl, ...args], {
      cwd: process.cwd(),
      env: this.env,
    });
  }

  private async requireContext(): Promise<void> {
    const args = ["config", "get-contexts", "-o", "name"];
    const listed = await execute("kubectl", args, this.env);
    if (listed.code !== 0)
      throw new ClusterError(
        `kubectl can't be run (${lastLine(listed)}): install it, and see docs/deploying.md`,
      );
    const contexts = listed.stdout.split("\n").filter((name) => name !== "");
    if (this.context !== null && !contexts.includes(this.context))
      throw new ClusterError(
        `no context '${this.context}' in ${this.kubeconfig} (cluster.context of the profile); there: ${contexts.join(", ") || "none"}`,
      );
  }
}
