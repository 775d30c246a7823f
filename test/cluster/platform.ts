import { join } from "node:path";
import { execute } from "../../deploy/execute";
import { loadProfile, type Profile } from "../../profiles";
import { Kubectl } from "./kubectl";
import { NodeImage, ownImageNames } from "./node-image";
import { kafkaPorts } from "./kafka/ports";
import type { ClusterProfile, ClusterSettings } from "./settings";
import { akhqImage } from "./upstream-images";

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

/** As a user would give it: by its name, or by its file. */
const profileNames: Readonly<Record<ClusterProfile, string>> = {
  ci: "ci",
  kind: join("test", "cluster", "node-kind.ts"),
};

/** Matches the output of either way to deploy when it changed something. */
export const somethingChanged = /[1-9]\d* (added|changed|destroyed)|configured$/m;

/** The addresses behind the Service `kubernetes`, found as the profile's field describes. */
async function apiServerAddresses(settings: ClusterSettings): Promise<string[]> {
  const text = await new Kubectl(settings).do(
    ...["get", "endpointslices", "-n", "default", "-l", "kubernetes.io/service-name=kubernetes"],
    ...["-o", "jsonpath={.items[*].endpoints[*].addresses[*]}"],
  );
  return text.split(/\s+/).filter((address) => address !== "");
}

const chartPaths = {
  strimzi: "operators.strimzi.chart",
  sparkOperator: "operators.spark.chart",
  akhq: "akhq.chart",
} as const;

/** Profile values for what is provided from outside: charts on this machine, and an external Kafka. */
function upstream({ profile, hostAddress, upstream: { charts } }: ClusterSettings): string[] {
  const own = (Object.keys(chartPaths) as (keyof typeof chartPaths)[]).flatMap((name) => {
    const folder = charts[name];
    const path = chartPaths[name];
    return folder === undefined ? [] : [`${path}.repository=null`, `${path}.chart=${folder}`];
  });
  if (profile === "ci")
    return [
      ...own,
      `kafka.bootstrap=${hostAddress}:${kafkaPorts.guarded}`,
      `kafka.cidrs=["${hostAddress}/32"]`,
    ];
  // Its chart would always contact a registry.
  const image = { ...akhqImage, digest: null, pullPolicy: "IfNotPresent" };
  return [...own, `akhq.image=${JSON.stringify(image)}`];
}

/** `npm run <command> -- <profile>` with the images that were built, as a user would type it. */
export class Platform {
  private constructor(
    private readonly settings: ClusterSettings,
    readonly changes: string,
  ) {}

  /**
   * @param changes further values of the profile, in the format of PROFILE_SET
   * @param release suffix of the images' tags
   */
  static async of(
    settings: ClusterSettings,
    changes: readonly string[] = [],
    release = "",
  ): Promise<Platform> {
    const images = await Promise.all(ownImageNames.map((name) => NodeImage.of(name, settings, release)));
    const tags = images.map(({ name, tag }) =>
      name === "clickhouseEmbedded" ? `clickhouse.image.tag=${tag}` : `images.${name}.tag=${tag}`,
    );
    const apiServer = (await apiServerAddresses(settings)).map((address) => `"${address}/32"`);
    const network = [`network.apiServer.cidrs=[${apiServer.join(",")}]`];
    return new Platform(settings, [...tags, ...upstream(settings), ...network, ...changes].join(" "));
  }

  get profile(): Profile {
    return loadProfile(this.profileName, this.changes);
  }

  private get profileName(): string {
    return profileNames[this.settings.profile];
  }

  /** The checks, as a Job in the cluster. */
  smoke(...args: string[]): Promise<Ended> {
    return this.run("smoke", "--profile", this.profileName, ...args);
  }

  private async run(...args: string[]): Promise<Ended> {
    const startedAt = performance.now();
    const { root, kubeconfig } = this.settings;
    const env = { ...this.settings.env, PROFILE_SET: this.changes, KUBECONFIG: kubeconfig };
    const { code, stdout, stderr } = await execute(
      process.execPath,
      [join(root, "commands/bootstrap.mjs"), ...args],
      env,
      { cwd: root },
    );
    return { code, output: `${stdout}\n${stderr}`, seconds: (performance.now() - startedAt) / 1000 };
  }

  /** Runs it; rejects with its last lines when it fails. */
  async succeed(command: string, ...args: string[]): Promise<Ended> {
    const ended = await this.run(command, this.profileName, ...args);
    if (ended.code === 0) return ended;
    const last = ended.output.trim().split("\n").slice(-60).join("\n");
    throw new Error(
      `npm run ${command} -- ${this.profileName} ${args.join(" ")} ended with ${ended.code}:\n${last}`,
    );
  }
}
