import { withTemporaryFile } from "../../deploy/temporary-file";
import { until } from "../../local/jvm/until";
import { run } from "./command";
import type { ClusterSettings } from "./settings";

/** kubectl for the cluster under test. */
export class Kubectl {
  constructor(private readonly settings: ClusterSettings) {}

  do(...args: string[]): Promise<string> {
    return run("kubectl", ["--kubeconfig", this.settings.kubeconfig, ...args], this.settings.env);
  }

  /** Applies objects unchanged. */
  async apply(objects: readonly object[], ...args: string[]): Promise<void> {
    const list = { apiVersion: "v1", kind: "List", items: objects };
    await withTemporaryFile(list, (file) => this.do("apply", ...args, "-f", file));
  }

  /** Names, with their kinds, of the objects that exist. */
  async names(...args: string[]): Promise<string[]> {
    const text = await this.do("get", ...args, "-o", "name", "--ignore-not-found");
    return text.split("\n").filter((line) => line !== "");
  }

  /** Waits until `kubectl get` with a JSONPath gives the wanted answer. */
  async waitFor(wanted: RegExp, args: readonly string[], seconds: number): Promise<string> {
    let last = "";
    await until(
      `kubectl get ${args.join(" ")}`,
      async () => {
        last = await this.do("get", ...args);
        return wanted.test(last) ? undefined : `last answer ${JSON.stringify(last)}`;
      },
      AbortSignal.timeout(seconds * 1000),
    );
    return last;
  }
}
