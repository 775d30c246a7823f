import { until } from "../../../local/jvm/until";
import type { SparkStep } from "../../../stacks/lakehouse/spark-application";
import type { Kubectl } from "../kubectl";
import type { Platform } from "../platform";
import type { ClusterSettings } from "../settings";

/** The cluster, for damage by somebody with all rights, and what reports it. */
export class ControlPlane {
  readonly namespace: string;
  readonly operators: string;

  constructor(
    readonly kubectl: Kubectl,
    readonly platform: Platform,
    private readonly settings: ClusterSettings,
  ) {
    const { namespace, operators } = platform.profile;
    this.namespace = namespace;
    this.operators = operators.namespace;
  }

  /** Deletes a driver at once, as the loss of a node would: the operator has to start the job again. */
  async killDriver(job: SparkStep): Promise<void> {
    const pod = ["pod", `${job}-driver`, "-n", this.namespace, "--ignore-not-found"];
    await this.kubectl.do("delete", ...pod, "--force", "--grace-period=0");
  }

  /** Waits until the operator's status of a job matches: its state, and why. */
  async jobSays(job: SparkStep, message: RegExp): Promise<void> {
    const path = "jsonpath={.status.applicationState.state} {.status.applicationState.errorMessage}";
    await this.kubectl.waitFor(message, ["sparkapplication", job, "-n", this.namespace, "-o", path], 300);
  }

  /** Waits until the Spark operator's log matches: without rights it can't write to the job's status. */
  async operatorLogs(message: RegExp): Promise<void> {
    const logs = ["logs", "-n", this.operators, "deployment/spark-operator-controller", "--since=10m"];
    await until(
      `${String(message)} in the Spark operator's log`,
      async () => {
        const said = await this.kubectl.do(...logs);
        return message.test(said) ? undefined : said.trim().split("\n").at(-1);
      },
      AbortSignal.timeout(300_000),
    );
  }

  /** Waits until an Event of the namespace matches. */
  async eventSays(message: RegExp): Promise<void> {
    const path = 'jsonpath={range .items[*]}{.reason} {.message}{"\\n"}{end}';
    await this.kubectl.waitFor(message, ["events", "-n", this.namespace, "-o", path], 300);
  }

  /** Runs the checks, which must fail with a matching message. */
  async smokeSays(message: RegExp): Promise<void> {
    const { code, output } = await this.platform.smoke("--checks", "probe");
    expect(output).toMatch(message);
    expect(code).not.toBe(0);
  }

  deploy(...args: string[]) {
    return this.platform.succeed("deploy", "--no-smoke", "--tool", this.settings.deployWith, ...args);
  }
}
