import { z } from "zod";
import type { Profile } from "../../profiles";
import type { Cluster } from "../cluster/kubectl";
import { cpuMillis, mebibytes } from "./quantity";
import type { Node } from "./placement";

const nodeList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
      spec: z.object({
        unschedulable: z.boolean().default(false),
        taints: z.array(z.object({ effect: z.string() })).default([]),
      }),
      status: z.object({
        allocatable: z.object({ cpu: z.string(), memory: z.string(), pods: z.string() }),
      }),
    }),
  ),
});

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ namespace: z.string() }),
      spec: z.object({
        nodeName: z.string().optional(),
        containers: z.array(
          z.object({
            resources: z
              .object({
                requests: z
                  .object({ cpu: z.string().default("0"), memory: z.string().default("0") })
                  .optional(),
              })
              .optional(),
          }),
        ),
      }),
      status: z.object({ phase: z.string() }),
    }),
  ),
});

type Pod = z.infer<typeof podList>["items"][number];

function requested({ spec }: Pod) {
  const requests = spec.containers.map(({ resources }) => resources?.requests);
  const sum = (of: (request: { cpu: string; memory: string }) => number) =>
    requests.reduce((all, request) => all + (request ? of(request) : 0), 0);
  return {
    cpuMillis: sum(({ cpu }) => cpuMillis(cpu)),
    memoryMebibytes: sum(({ memory }) => mebibytes(memory)),
  };
}

/**
 * What is left on the nodes that accept pods, without the pods of all other namespaces.
 * @param nodes as from `kubectl get -o json`
 * @param pods as from `kubectl get -o json`
 * @param ours namespaces whose pods are not counted
 */
export function roomOf(nodes: unknown, pods: unknown, ours: readonly string[]): Node[] {
  const others = podList
    .parse(pods)
    .items.filter(
      ({ metadata, status }) => !ours.includes(metadata.namespace) && /Running|Pending/.test(status.phase),
    );
  return nodeList
    .parse(nodes)
    .items.filter(
      ({ spec }) => !spec.unschedulable && spec.taints.every(({ effect }) => effect === "PreferNoSchedule"),
    )
    .map(({ metadata: { name, labels }, status: { allocatable } }) => {
      const there = others.filter(({ spec }) => spec.nodeName === name);
      const taken = there.map(requested);
      return {
        name,
        arch: labels["kubernetes.io/arch"] ?? "unlabelled",
        cpuMillis: cpuMillis(allocatable.cpu) - taken.reduce((all, pod) => all + pod.cpuMillis, 0),
        memoryMebibytes:
          mebibytes(allocatable.memory) - taken.reduce((all, pod) => all + pod.memoryMebibytes, 0),
        pods: Number(allocatable.pods) - there.length,
      };
    });
}

export async function askRoom(cluster: Cluster, profile: Profile): Promise<Node[]> {
  const [nodes, pods] = [
    await cluster.json("get", "nodes"),
    await cluster.json("get", "pods", "--all-namespaces"),
  ];
  return roomOf(nodes, pods, [profile.namespace, profile.operators.namespace]);
}
