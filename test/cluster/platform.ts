import { join } from "node:path";
import { execute } from "../../deploy/execute";
import { loadProfile, type Profile } from "../../profiles";
import { Kubectl } from "./kubectl";
import { NodeImage, ownImageNames } from "./node-image";
import { kafkaPorts } from "./outside-kafka";
import type { ClusterSettings } from "./settings";

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

const profileName = "ci";

/** What a deploy says, of either way, that did not leave all as it was. */
export const somethingChanged = /[1-9]\d* (added|changed|destroyed)|configured$/m;

/** What is behind the Service `kubernetes`, as the profile's field says that one finds it. */
async function apiServerAddresses(settings: ClusterSettings): Promise<string[]> {
  const text = await new Kubectl(settings).do(
    ...["get", "endpointslices", "-n", "default", "-l", "kubernetes.io/service-name=kubernetes"],
    ...["-o", "jsonpath={.items[*].endpoints[*].addresses[*]}"],
  );
  return text.split(/\s+/).filter((address) => address !== "");
}

/** `npm run <command> -- ci` with the images that were built, as a user would type it. */
export class Platform {
  private constructor(
    private readonly settings: ClusterSettings,
    readonly changes: string,
  ) {}

  /**
   * @param changes further values of the profile, as PROFILE_SET has them
   * @param release of the images
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
    const operator = settings.sparkOperator
      ? [
          "operators.spark.chart.repository=null",
          `operators.spark.chart.chart=${settings.sparkOperator.chart}`,
        ]
      : [];
    const kafka = [
      `kafka.bootstrap=${settings.hostAddress}:${kafkaPorts.guarded}`,
      `kafka.cidrs=["${settings.hostAddress}/32"]`,
    ];
    const apiServer = (await apiServerAddresses(settings)).map((address) => `"${address}/32"`);
    const network = [`network.apiServer.cidrs=[${apiServer.join(",")}]`];
    return new Platform(settings, [...tags, ...operator, ...kafka, ...network, ...changes].join(" "));
  }

  get profile(): Profile {
    return loadProfile(profileName, this.changes);
  }

  /** The checks, as a Job in the cluster. */
  smoke(...words: string[]): Promise<Ended> {
    return this.run("smoke", "--profile", profileName, ...words);
  }

  private async run(...words: string[]): Promise<Ended> {
    const startedAt = performance.now();
    const { root, kubeconfig } = this.settings;
    const env = { ...this.settings.env, PROFILE_SET: this.changes, KUBECONFIG: kubeconfig };
    const { code, stdout, stderr } = await execute(
      process.execPath,
      [join(root, "local/bootstrap.mjs"), ...words],
      env,
      { cwd: root },
    );
    return { code, output: `${stdout}\n${stderr}`, seconds: (performance.now() - startedAt) / 1000 };
  }

  /** Runs it; rejects with its last lines when it fails. */
  async succeed(command: string, ...words: string[]): Promise<Ended> {
    const ended = await this.run(command, profileName, ...words);
    if (ended.code === 0) return ended;
    const last = ended.output.trim().split("\n").slice(-60).join("\n");
    throw new Error(`npm run ${command} -- ci ${words.join(" ")} ended with ${ended.code}:\n${last}`);
  }
}
