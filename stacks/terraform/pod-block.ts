import type { NodePod } from "../constructs/node-pod";
import { literal } from "./literal";

type Container = NodePod["containers"][number];

function containerBlock({ args, volumeMounts, ports, ...same }: Container) {
  return { ...same, args: args.map(literal), volumeMount: volumeMounts, ...(ports && { port: ports }) };
}

/** The provider takes ids as strings. */
function securityBlock({ runAsUser, runAsGroup, fsGroup, ...same }: NodePod["securityContext"]) {
  return { ...same, runAsUser: String(runAsUser), runAsGroup: String(runAsGroup), fsGroup: String(fsGroup) };
}

/** A pod with the field names of Terraform's provider, which names repeatable blocks in the singular. */
export function podBlock<Pod extends NodePod>(pod: Pod) {
  const { containers, initContainers = [], volumes, securityContext, ...same } = pod;
  return {
    ...same,
    securityContext: securityBlock(securityContext),
    initContainer: initContainers.map(containerBlock),
    container: containers.map(containerBlock),
    volume: volumes,
  };
}
