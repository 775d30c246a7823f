import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel, type Admin } from "kafkajs";
import { z } from "zod";
import { until } from "../../../local/jvm/until";
import { setUpLake } from "../../../local/lake-toolchain";
import { showProgress } from "../../../toolchain/progress";
import { waitForKafka } from "../../../local/kafka/ready";
import { kafkaClients } from "../../../stacks/parts/kafka-clients";
import type { Kubectl } from "../kubectl";
import type { Platform } from "../platform";
import type { ClusterSettings } from "../settings";
import type { LakeKafka } from "./lake-kafka";
import { passwords } from "./passwords";
import { kafkaPorts } from "./ports";

const users = z.record(z.string(), z.string());

const script = join(__dirname, "outside-process.ts");

/** The Kafka that the profile calls external: a broker on this machine, which outlives the stage that started it. */
export class OutsideKafka implements LakeKafka {
  readonly folder: string;

  constructor(
    private readonly settings: ClusterSettings,
    private readonly kubectl: Kubectl,
  ) {
    this.folder = join(settings.state, "kafka");
  }

  /** The listener without log-in, for the suite itself. */
  get address(): string {
    return `127.0.0.1:${kafkaPorts.plain}`;
  }

  /** Password by user; created once, kept with the broker's data. */
  users(): Readonly<Record<string, string>> {
    const file = join(this.folder, "users.json");
    if (!existsSync(file)) {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const made = Object.fromEntries(kafkaClients.map((name) => [name, randomBytes(18).toString("hex")]));
      writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    }
    const made = users.parse(JSON.parse(readFileSync(file, "utf8")));
    const missing = kafkaClients.filter((name) => !(name in made));
    if (missing.length > 0)
      throw new Error(
        `the broker of ${this.folder} was made without the user ${missing.join(", ")}: run the stage destroy first`,
      );
    return made;
  }

  private get pidFile(): string {
    return join(this.folder, "pid");
  }

  /** Absent when another process has the number of a broker that was cut off. */
  private pid(): number | undefined {
    if (!existsSync(this.pidFile)) return undefined;
    const pid = readFileSync(this.pidFile, "utf8");
    const { stdout } = spawnSync("ps", ["-ww", "-o", "args=", "-p", pid], { encoding: "utf8" });
    return stdout.includes(script) ? Number(pid) : undefined;
  }

  async prepare(namespace: string): Promise<void> {
    await this.start();
    await this.giveSecrets(namespace);
  }

  private async start(): Promise<void> {
    this.users();
    if (this.pid() === undefined) {
      const { root, env } = this.settings;
      // On a machine that has run no lake yet, the downloads take longer than a broker may take to start.
      await setUpLake({ root, env, progress: showProgress(process.stderr) });
      const log = openSync(join(this.folder, "log"), "a");
      const child = spawn(process.execPath, ["--import", "tsx", script], {
        cwd: root,
        detached: true,
        stdio: ["ignore", log, log],
        env,
      });
      closeSync(log);
      child.unref();
      writeFileSync(this.pidFile, String(child.pid));
    }
    await waitForKafka(this.address, AbortSignal.timeout(180_000));
  }

  /** Done by the process that supervises the broker. */
  async restart(): Promise<void> {
    const pid = this.pid();
    if (pid === undefined) throw new Error("the broker does not run: run the stage deploy first");
    process.kill(pid, "SIGUSR2");
    await waitForKafka(this.address, AbortSignal.timeout(180_000));
  }

  addPartition(_: Platform, topic: string) {
    return this.ask(async (admin) => {
      const { length: partition } = await admin.fetchTopicOffsets(topic);
      await admin.createPartitions({ topicPartitions: [{ topic, count: partition + 1 }] });
      return { partition, changes: [] };
    });
  }

  endOffset(topic: string, partition: number): Promise<number> {
    return this.ask(async (admin) => {
      const ends = await admin.fetchTopicOffsets(topic);
      return Number(ends.find((end) => end.partition === partition)?.high);
    });
  }

  /** Without topics, because the cluster can't lose those of an external Kafka. */
  identity(namespace: string): Promise<Readonly<Record<string, string>>> {
    return passwords(this.kubectl, namespace);
  }

  private async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    const admin = new Kafka({ brokers: [this.address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      return await question(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** Ends it and deletes its data. */
  async remove(): Promise<void> {
    const pid = this.pid();
    if (pid !== undefined) {
      process.kill(pid, "SIGTERM");
      await until(
        "the end of the broker",
        () => Promise.resolve(this.pid() === undefined ? undefined : `process ${pid} is there`),
        AbortSignal.timeout(60_000),
      );
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Creates the Secrets in which the profile expects the clients' passwords. */
  private async giveSecrets(namespace: string): Promise<void> {
    await this.kubectl.apply(
      Object.entries(this.users()).map(([name, password]) => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace },
        stringData: { password },
      })),
    );
  }
}
