import { execFile } from "node:child_process";
import { z } from "zod";
import { until } from "../../local/jvm/until";
import { run } from "./command";
import type { ClusterSettings } from "./settings";

const list = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

/** kubectl at the cluster under test. */
export class Kubectl {
  constructor(private readonly settings: ClusterSettings) {}

  do(...args: string[]): Promise<string> {
    return run("kubectl", ["--kubeconfig", this.settings.kubeconfig, ...args], { env: this.settings.env });
  }

  /** Applies objects, given as they are. */
  apply(objects: readonly object[], ...words: string[]): Promise<void> {
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    return new Promise((resolve, reject) => {
      const args = ["--kubeconfig", this.settings.kubeconfig, "apply", ...words, "-f", "-"];
      const child = execFile("kubectl", args, (error, _, stderr) =>
        error === null ? resolve() : reject(new Error(stderr)),
      );
      child.stdin?.end(text);
    });
  }

  async items(...args: string[]): Promise<Record<string, unknown>[]> {
    return list.parse(JSON.parse(await this.do("get", ...args, "-o", "json"))).items;
  }

  /** Names, with their kinds, of what is there. */
  async names(...args: string[]): Promise<string[]> {
    const text = await this.do("get", ...args, "-o", "name", "--ignore-not-found");
    return text.split("\n").filter((line) => line !== "");
  }

  /** Waits until `kubectl get` with a JSONPath answers what is wanted. */
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
