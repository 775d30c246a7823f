import { join } from "node:path";
import { ownRepository, type OwnImage } from "../../profiles/image";
import { ownImages } from "../../versions";
import { Dockerfile } from "../fixtures/dockerfile";
import { run } from "./command";
import { ImageArchives } from "./image-archives";
import { contentTag } from "./image-content";
import type { Kubectl } from "./kubectl";
import type { ClusterSettings } from "./settings";

export const ownImageNames = ["hdfs", "node", "clickhouseEmbedded", "spark"] as const satisfies OwnImage[];

const buildSeconds = 1200;

/** Relative to `images/`. */
const { folders } = ownImages;

/** One of the project's images, tagged by its content: the same files give the same name, here and on the node. */
export class NodeImage {
  private constructor(
    readonly name: OwnImage,
    readonly tag: string,
    private readonly settings: ClusterSettings,
  ) {}

  /** @param release suffix of its tag, which gives the same content another name */
  static async of(name: OwnImage, settings: ClusterSettings, release = ""): Promise<NodeImage> {
    const tag = await contentTag(new Dockerfile(folders[name]), settings);
    return new NodeImage(name, `${tag}${release}`, settings);
  }

  get reference(): string {
    return `${ownRepository(this.name)}:${this.tag}`;
  }

  private get archives(): ImageArchives {
    return new ImageArchives(this.settings.state, this.name);
  }

  /** @returns whether it had to be built */
  build(): Promise<boolean> {
    const { root, nodeTools, env } = this.settings;
    const dockerfile = join("images", folders[this.name], "Dockerfile");
    return this.archives.keep(this.tag, async (archive) => {
      const buildx = ["buildx", "build", "--file", join(root, dockerfile), "--tag", this.reference];
      const [command, args]: [string, string[]] =
        nodeTools === undefined
          ? ["docker", [...buildx, "--output", `type=docker,dest=${archive}`, root]]
          : [join(nodeTools, "dockerfile.sh"), [root, dockerfile, this.reference, archive]];
      await run(command, args, env, { timeoutSeconds: buildSeconds });
    });
  }

  /** Deletes the archive of an image that is not needed again. */
  forget(): void {
    this.archives.forget(this.tag);
  }

  /** Loads it into the node, unless it is there already. @returns whether it was loaded */
  async load(kubectl: Kubectl): Promise<boolean> {
    if (await canStart(kubectl, this.reference, "Never")) return false;
    await loadArchive(this.settings, this.archives.path(this.tag));
    return true;
  }
}

/** Whether the node can start a container of it, with or without pulling: the list in a node's status may be outdated. */
export async function canStart(
  kubectl: Kubectl,
  reference: string,
  imagePullPolicy: "Never" | "IfNotPresent",
): Promise<boolean> {
  const pod = ["pod", "has-image", "-n", "default"];
  await kubectl.do("delete", ...pod, "--ignore-not-found", "--wait");
  await kubectl.apply([
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "has-image", namespace: "default" },
      spec: {
        restartPolicy: "Never",
        containers: [{ name: "true", image: reference, imagePullPolicy, command: ["true"] }],
      },
    },
  ]);
  const state = "jsonpath={.status.phase} {.status.containerStatuses[0].state.waiting.reason}";
  const end = /^Succeeded|ErrImageNeverPull|ErrImagePull|ImagePullBackOff/;
  const seen = await kubectl.waitFor(end, [...pod, "-o", state], 600);
  await kubectl.do("delete", ...pod, "--wait");
  return seen.startsWith("Succeeded");
}

export async function loadArchive({ nodeTools, env }: ClusterSettings, archive: string): Promise<void> {
  const [command, args] =
    nodeTools === undefined
      ? ["kind", ["load", "image-archive", archive]]
      : [join(nodeTools, "load.sh"), [archive]];
  await run(command, args, env);
}
