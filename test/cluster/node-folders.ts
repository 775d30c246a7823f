import { z } from "zod";
import type { Kubectl } from "./kubectl";

const namespace = "default";
const pod = "node-folders";

const localVolume = z.object({
  kind: z.literal("PersistentVolume"),
  spec: z.object({ local: z.object({ path: z.string() }) }),
});

/** Folders of the node that volumes use: they must exist before the pods. */
export function volumeFolders(objects: readonly object[]): string[] {
  return objects.flatMap((object) => localVolume.safeParse(object).data?.spec.local.path ?? []);
}

/** Runs a shell line as root in a folder of the node, in its own pod. */
async function onNode(kubectl: Kubectl, image: string, folder: string, line: string): Promise<void> {
  await kubectl.do("delete", "pod", pod, "-n", namespace, "--ignore-not-found", "--wait");
  await kubectl.apply([
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: pod, namespace },
      spec: {
        restartPolicy: "Never",
        containers: [
          {
            name: "sh",
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["sh", "-c", line],
            securityContext: { runAsUser: 0 },
            volumeMounts: [{ name: "node", mountPath: folder }],
          },
        ],
        volumes: [{ name: "node", hostPath: { path: folder, type: "DirectoryOrCreate" } }],
      },
    },
  ]);
  await kubectl.waitFor(/^Succeeded$/, ["pod", pod, "-n", namespace, "-o", "jsonpath={.status.phase}"], 120);
  await kubectl.do("delete", "pod", pod, "-n", namespace, "--wait");
}

const root = "/var/lib/lake";

/** A volume in a folder of the node, for claims of a class without a provisioner. */
export function nodeVolume(volume: {
  readonly name: string;
  readonly storageClass: string;
  readonly sizeGibibytes: number;
  readonly folder: string;
}) {
  const everyNode = { key: "kubernetes.io/os", operator: "In", values: ["linux"] };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: volume.name },
    spec: {
      capacity: { storage: `${volume.sizeGibibytes}Gi` },
      accessModes: ["ReadWriteOnce"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: volume.storageClass,
      local: { path: volume.folder },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [everyNode] }] } },
    },
  };
}

export async function makeVolumeFolders(
  kubectl: Kubectl,
  image: string,
  folders: readonly string[],
): Promise<void> {
  await onNode(kubectl, image, root, `mkdir -p ${folders.join(" ")}`);
}

/** Empties the folders of volumes that were kept, as the operator of a real cluster would. */
export async function emptyVolumeFolders(
  kubectl: Kubectl,
  image: string,
  folders: readonly string[],
): Promise<void> {
  await onNode(kubectl, image, root, `rm -rf ${folders.join(" ")}`);
}
