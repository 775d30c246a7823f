import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { z } from "zod";
import { containerSecurity, podSecurity, users } from "../../../stacks/constructs/restricted";
import type { Kubectl } from "../kubectl";
import type { Probe } from "./picture";
import type { Answers, Target } from "./probe";

const script = transpileModule(readFileSync(join(__dirname, "probe.ts"), "utf8"), {
  compilerOptions: { module: ModuleKind.ESNext },
}).outputText;
const command = ["node", "--input-type=module", "-e", script, "--"];

const answers = z.object({ open: z.array(z.boolean()), findsNames: z.boolean() });

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      status: z.object({ podIP: z.string().optional() }),
    }),
  ),
});

/** The label that identifies the probes; no part of the lake has it. */
const mark = "network-probe";

const key = ({ name, namespace }: Pick<Probe, "name" | "namespace">): string => `${namespace}/${name}`;

/** The probes as pods of a cluster. */
export class ProbePods {
  constructor(
    private readonly kubectl: Kubectl,
    private readonly image: string,
    private readonly probes: readonly Probe[],
  ) {}

  async start(ports: readonly number[]): Promise<void> {
    await this.kubectl.apply(this.probes.map((probe) => this.pod(probe, ports)));
    for (const namespace of this.namespaces)
      await this.kubectl.waitFor(
        /^(Running )+$/,
        [
          ...["pods", "-n", namespace, "-l", mark],
          ...["-o", "jsonpath={range .items[*]}{.status.phase} {end}"],
        ],
        180,
      );
  }

  /** Address by probe. */
  async addresses(): Promise<(probe: Probe) => string> {
    const text = await this.kubectl.do("get", "pods", "-A", "-l", mark, "-o", "json");
    const { items } = podList.parse(JSON.parse(text));
    const byProbe = new Map(items.map(({ metadata, status }) => [key(metadata), status.podIP]));
    return (probe) => {
      const address = byProbe.get(key(probe));
      if (address === undefined) throw new Error(`${key(probe)} has no address`);
      return address;
    };
  }

  async ask({ name, namespace }: Probe, targets: readonly Target[]): Promise<Answers> {
    const exec = ["exec", "-n", namespace, name, "--", ...command];
    return answers.parse(JSON.parse(await this.kubectl.do(...exec, "connect", JSON.stringify(targets))));
  }

  async remove(): Promise<void> {
    for (const namespace of this.namespaces)
      await this.kubectl.do(
        ...["delete", "pods", "-n", namespace, "-l", mark, "--ignore-not-found"],
        ...["--force", "--grace-period=0"],
      );
  }

  private get namespaces(): Set<string> {
    return new Set(this.probes.map(({ namespace }) => namespace));
  }

  private pod({ name, namespace, labels }: Probe, ports: readonly number[]): object {
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: { ...labels, [mark]: "" } },
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 0,
        securityContext: podSecurity(users.node),
        containers: [
          {
            name: "probe",
            image: this.image,
            imagePullPolicy: "IfNotPresent",
            command: [...command, "listen", JSON.stringify(ports)],
            resources: { requests: { cpu: "5m", memory: "32Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
            securityContext: containerSecurity,
            // Never ready, so that a Service that selects these labels sends it nothing.
            readinessProbe: { exec: { command: ["false"] }, periodSeconds: 60 },
          },
        ],
      },
    };
  }
}
