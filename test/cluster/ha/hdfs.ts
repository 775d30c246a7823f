import { z } from "zod";
import type { PlannedRelease } from "../../../deploy/plan/plan";
import { readPlan } from "../../../deploy/plan/read-plan";
import { chartArgs, helmTemplate } from "../../../deploy/render/helm-template";
import { withTemporaryFile } from "../../../deploy/temporary-file";
import { helmExecutable } from "../../../deploy/tools";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { run } from "../command";
import type { Kubectl } from "../kubectl";
import { emptyVolumeFolders, makeVolumeFolders, volumeFolders } from "../node-folders";
import { Platform } from "../platform";
import type { ClusterSettings } from "../settings";

const namespace = "ha";
const nameNodes = ["hdfs-namenode-0", "hdfs-namenode-1"] as const;
type NameNodePod = (typeof nameNodes)[number];

/** All pods may be deleted at once, so their data must outlive them: each has its own folder below this one. */
const storage = JSON.stringify({ kind: "hostPath", sizeGibibytes: 1, path: "/var/lib/lake/ha" });

const changes = [
  `namespace=${namespace}`,
  "hdfs.ha=true",
  "hdfs.replication=3",
  "hdfs.dataNodes=3",
  ...["nameNode", "dataNode", "journalNode", "zooKeeper"].map((part) => `hdfs.${part}.storage=${storage}`),
];

const states = z.object({ beans: z.tuple([z.object({ "tag.HAState": z.string() })]) });
const statefulSet = z.object({ spec: z.object({ replicas: z.number() }) });
const askState =
  ". /opt/scripts/http.sh; request GET 9870 '/jmx?qry=Hadoop:service=NameNode,name=FSNamesystem' && echo \"$body\"";

/** HDFS with two NameNodes, as the chart installs it for a profile with `hdfs.ha`, in its own namespace. */
export class HaHdfs {
  readonly namespace = namespace;

  private constructor(
    private readonly kubectl: Kubectl,
    private readonly settings: ClusterSettings,
    private readonly helm: string,
    private readonly release: PlannedRelease,
    private readonly objects: readonly Manifest[],
  ) {}

  static async of(settings: ClusterSettings, kubectl: Kubectl): Promise<HaHdfs> {
    const { profile } = await Platform.of(settings, changes);
    const release = readPlan(profile, settings.kubeconfig)
      .flatMap(({ releases }) => releases)
      .find(({ name }) => name === "hdfs");
    if (release === undefined) throw new Error(`the plan of profile ${profile.name} has no release hdfs`);
    const helm = await helmExecutable(settings.env);
    const objects = await helmTemplate(release, { helm, env: settings.env });
    return new HaHdfs(kubectl, settings, helm, release, objects);
  }

  /** @param image an image with a shell, for the folders of the node */
  async install(image: string): Promise<void> {
    await makeVolumeFolders(this.kubectl, image, volumeFolders(this.objects));
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await this.kubectl.apply([
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } },
    ]);
    const { name, values } = this.release;
    await withTemporaryFile(values, (file) =>
      this.runHelm("install", name, ...chartArgs(this.release), "--values", file, "--wait", "--timeout=10m"),
    );
  }

  /** Removes everything of this release, and nothing of another one, whose volumes have the same labels. */
  async remove(image: string): Promise<void> {
    await this.runHelm("uninstall", this.release.name, "--ignore-not-found", "--wait");
    await this.kubectl.do("delete", "namespace", namespace, "--ignore-not-found", "--wait");
    const volumes = this.objects.filter(({ kind }) => kind === "PersistentVolume");
    await this.kubectl.do(
      ...["delete", "pv", ...volumes.map(({ metadata }) => metadata.name), "--ignore-not-found", "--wait"],
    );
    await emptyVolumeFolders(this.kubectl, image, volumeFolders(this.objects));
  }

  /** The state that each NameNode reports; undefined while it does not answer. */
  async states(): Promise<Map<NameNodePod, string | undefined>> {
    const asked = nameNodes.map(async (pod) => {
      try {
        const exec = ["exec", pod, "-n", namespace, "-c", "namenode", "--", "bash", "-c", askState];
        const answer: unknown = JSON.parse(await this.kubectl.do(...exec));
        return [pod, states.parse(answer).beans[0]["tag.HAState"]] as const;
      } catch {
        return [pod, undefined] as const;
      }
    });
    return new Map(await Promise.all(asked));
  }

  async activeNameNode(): Promise<NameNodePod> {
    const found = [...(await this.states())].filter(([, state]) => state === "active");
    const [only] = found;
    if (found.length !== 1 || only === undefined)
      throw new Error(`got ${found.length} active NameNodes, allowed is one`);
    return only[0];
  }

  /** Why HDFS is not healthy: a pod that is not ready, or NameNodes that are not one active and one standby. */
  async whatLacks(): Promise<string | undefined> {
    const path =
      "{range .items[*]}{.metadata.name} {.status.conditions[?(@.type=='Ready')].status}{'\\n'}{end}";
    const said = await this.kubectl.do(
      ...["get", "pods", "-n", namespace, "-l", "app.kubernetes.io/name=hdfs", "-o", `jsonpath=${path}`],
    );
    const pods = said.split("\n").filter((line) => line !== "");
    const ready = pods.filter((line) => line.endsWith(" True"));
    const wanted = this.objects
      .filter(({ kind }) => kind === "StatefulSet")
      .reduce((sum, object) => sum + statefulSet.parse(object).spec.replicas, 0);
    if (ready.length !== wanted) return `${ready.length} of ${wanted} pods are ready: ${pods.join(", ")}`;
    const roles = [...(await this.states()).values()];
    return roles.toSorted().join() === "active,standby" ? undefined : `the NameNodes are ${roles.join()}`;
  }

  /** Deletes pods at once, as the loss of a node would. */
  async kill(...args: string[]): Promise<void> {
    await this.kubectl.do("delete", "pod", "-n", namespace, "--force", "--grace-period=0", ...args);
  }

  private async runHelm(...args: string[]): Promise<void> {
    const { kubeconfig, env } = this.settings;
    await run(this.helm, [...args, "--namespace", namespace, "--kubeconfig", kubeconfig], env, {
      timeoutSeconds: 900,
    });
  }
}
