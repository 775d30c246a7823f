import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { ClusterSettings } from "./settings";

/** A Service through `kubectl port-forward`, the way docs/deploying.md describes. */
export class PortForward {
  private constructor(
    private readonly forward: ChildProcess,
    readonly url: string,
  ) {}

  static async open(
    { kubeconfig, env }: ClusterSettings,
    namespace: string,
    service: string,
    servicePort: number,
  ): Promise<PortForward> {
    const name = `svc/${service}`;
    const args = ["--kubeconfig", kubeconfig, "-n", namespace, "port-forward", name, `:${servicePort}`];
    const forward = spawn("kubectl", args, { env, stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface({ input: forward.stdout })) {
      const [, port] = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (port !== undefined) return new PortForward(forward, `http://127.0.0.1:${port}`);
    }
    throw new Error(`kubectl port-forward ${name} ended before it forwarded anything`);
  }

  close(): void {
    this.forward.kill();
  }
}
