import type { Profile } from "../../profiles";
import type { Kubectl } from "./kubectl";

const namespace = "default";
const pod = "node-folders";

/** Folders of the node that the profile's volumes are on: they must be there before the pods. */
export function volumeFolders({ hdfs, clickhouse }: Profile): string[] {
  const places: { storage: { kind: string; path?: string }; name: string; count: number }[] = [];
  if (hdfs.mode === "chart") {
    const { ha, nameNode, dataNode, dataNodes, journalNode, zooKeeper } = hdfs;
    places.push({ storage: nameNode.storage, name: "hdfs-namenode", count: ha ? 2 : 1 });
    places.push({ storage: dataNode.storage, name: "hdfs-datanode", count: dataNodes });
    if (ha) places.push({ storage: journalNode.storage, name: "hdfs-journalnode", count: 3 });
    if (ha) places.push({ storage: zooKeeper.storage, name: "hdfs-zookeeper", count: 3 });
  }
  if (clickhouse.mode === "chart") places.push({ storage: clickhouse.storage, name: "clickhouse", count: 1 });
  return places.flatMap(({ storage: { kind, path }, name, count }) =>
    kind === "hostPath" && path !== undefined
      ? Array.from({ length: count }, (_, ordinal) => `${path}/${name}-${ordinal}`)
      : [],
  );
}

/** Runs a shell line as root in a folder of the node, in a pod of its own. */
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

export async function makeVolumeFolders(kubectl: Kubectl, image: string, profile: Profile): Promise<void> {
  await onNode(kubectl, image, root, `mkdir -p ${volumeFolders(profile).join(" ")}`);
}

/** What an operator of a real cluster would do with volumes that were kept. */
export async function emptyVolumeFolders(kubectl: Kubectl, image: string, profile: Profile): Promise<void> {
  await onNode(kubectl, image, root, `rm -rf ${volumeFolders(profile).join(" ")}`);
}
