import { execFile } from "node:child_process";
import { join } from "node:path";
import { loadProfile, type Profile } from "../../profiles";
import { NodeImage, ownImageNames } from "./node-image";
import type { ClusterSettings } from "./settings";

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

const profileName = "ci";

/** `npm run <command> -- ci` with the images that were built, as a user would type it. */
export class Platform {
  private constructor(
    private readonly settings: ClusterSettings,
    readonly changes: string,
  ) {}

  /** @param changes further values of the profile, as PROFILE_SET has them */
  static async of(settings: ClusterSettings, changes: readonly string[] = []): Promise<Platform> {
    const images = await Promise.all(ownImageNames.map((name) => NodeImage.of(name, settings)));
    const tags = images.map(({ name, tag }) =>
      name === "clickhouseEmbedded" ? `clickhouse.image.tag=${tag}` : `images.${name}.tag=${tag}`,
    );
    const operator = settings.sparkOperator
      ? [
          "operators.spark.chart.repository=null",
          `operators.spark.chart.chart=${settings.sparkOperator.chart}`,
          `kafka.bootstrap=${settings.hostAddress}:9093`,
          `kafka.cidrs=["${settings.hostAddress}/32"]`,
        ]
      : [];
    return new Platform(settings, [...tags, ...operator, ...changes].join(" "));
  }

  get profile(): Profile {
    return loadProfile(profileName, this.changes);
  }

  /** The checks, as a Job in the cluster. */
  smoke(...words: string[]): Promise<Ended> {
    return this.run("smoke", "--profile", profileName, ...words);
  }

  private run(...words: string[]): Promise<Ended> {
    const startedAt = performance.now();
    const args = [join(this.settings.root, "local/bootstrap.mjs"), ...words];
    const env = { ...this.settings.env, PROFILE_SET: this.changes, KUBECONFIG: this.settings.kubeconfig };
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        args,
        { cwd: this.settings.root, env, maxBuffer: 256 * 1024 ** 2 },
        (error, stdout, stderr) =>
          resolve({
            code: error === null ? 0 : Number(error.code ?? 1),
            output: `${stdout}\n${stderr}`,
            seconds: (performance.now() - startedAt) / 1000,
          }),
      );
      child.stdin?.end();
    });
  }

  /** Runs it; rejects with its last lines when it fails. */
  async succeed(command: string, ...words: string[]): Promise<Ended> {
    const ended = await this.run(command, profileName, ...words);
    if (ended.code === 0) return ended;
    const last = ended.output.trim().split("\n").slice(-60).join("\n");
    throw new Error(`npm run ${command} -- ci ${words.join(" ")} ended with ${ended.code}:\n${last}`);
  }
}
