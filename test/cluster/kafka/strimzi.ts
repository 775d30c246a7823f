import { z } from "zod";
import { kafkaFiles } from "../../../stacks/kafka-client";
import { kafkaAccess, kafkaCluster } from "../../../stacks/names";
import { topics } from "../../../lake/topics";
import type { Kubectl } from "../kubectl";
import { nodeVolume, makeVolumeFolders, emptyVolumeFolders } from "../node-folders";
import { NodeImage } from "../node-image";
import { Platform } from "../platform";
import type { ClusterSettings } from "../settings";
import { brokerStorageClass } from "./broker-storage";
import type { LakeKafka } from "./lake-kafka";
import { passwords } from "./passwords";

const folder = "/var/lib/lake/kafka";
const volume = "lake-kafka-node-0";

const topicList = z.object({
  items: z.array(
    z.object({ spec: z.object({ topicName: z.string() }), status: z.object({ topicId: z.string() }) }),
  ),
});

/** The Kafka that Strimzi's operator runs in the cluster, as profile `kind` has it. */
export class StrimziKafka implements LakeKafka {
  constructor(
    private readonly settings: ClusterSettings,
    private readonly kubectl: Kubectl,
  ) {}

  async prepare(): Promise<void> {
    const { reference } = await NodeImage.of("node", this.settings);
    // Without a volume in the cluster, the folder's content is from an earlier node that was deleted with a lake on it.
    if ((await this.kubectl.names("persistentvolume", volume)).length === 0) {
      await emptyVolumeFolders(this.kubectl, reference, [folder]);
    }
    await makeVolumeFolders(this.kubectl, reference, [folder]);
    await this.kubectl.apply([
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: brokerStorageClass },
        provisioner: "kubernetes.io/no-provisioner",
        volumeBindingMode: "WaitForFirstConsumer",
      },
      nodeVolume({ name: volume, storageClass: brokerStorageClass, sizeGibibytes: 10, folder }),
    ]);
  }

  async restart(namespace: string): Promise<void> {
    const pod = ["-n", namespace, "-l", `strimzi.io/name=${kafkaCluster}-kafka`];
    await this.kubectl.do("delete", "pods", ...pod, "--force", "--grace-period=0");
  }

  addPartition({ profile }: Platform, topic: string) {
    if (profile.kafka.mode !== "strimzi") throw new Error(`got a Kafka that is ${profile.kafka.mode}`);
    const contract = topics.find(({ name }) => name === topic);
    const partition = profile.kafka.partitions[topic] ?? contract?.partitions ?? 0;
    return Promise.resolve({ partition, changes: [`kafka.partitions.${topic}=${partition + 1}`] });
  }

  /** Read in EventSim's pod, which has credentials. */
  async endOffset(topic: string, partition: number): Promise<number> {
    const { profile } = await Platform.of(this.settings);
    const { bootstrap, login } = kafkaAccess(profile, "eventsim");
    const script = `
      const { readFileSync } = require("node:fs");
      const { Kafka, logLevel } = require("kafkajs");
      const sasl = { mechanism: "${login?.mechanism}", username: "eventsim", password: readFileSync("${kafkaFiles.password}", "utf8") };
      const ssl = { ca: [readFileSync("${kafkaFiles.ca}", "utf8")] };
      const admin = new Kafka({ brokers: ["${bootstrap}"], sasl, ssl, connectionTimeout: 10000, logLevel: logLevel.NOTHING }).admin();
      admin.connect()
        .then(() => admin.fetchTopicOffsets("${topic}"))
        .then((all) => console.log(all.find(({ partition }) => partition === ${partition})?.high))
        .then(() => admin.disconnect());`;
    const exec = ["exec", "-n", profile.namespace, "deploy/eventsim", "--", "node", "-e", script];
    return Number(await this.kubectl.do(...exec));
  }

  async identity(namespace: string): Promise<Readonly<Record<string, string>>> {
    const listed = await this.kubectl.do("get", "kafkatopics", "-n", namespace, "-o", "json");
    const { items } = topicList.parse(JSON.parse(listed));
    return {
      ...(await passwords(this.kubectl, namespace)),
      ...Object.fromEntries(items.map(({ spec, status }) => [`topic ${spec.topicName}`, status.topicId])),
    };
  }

  async remove(): Promise<void> {
    const { reference } = await NodeImage.of("node", this.settings);
    await this.kubectl.do("delete", "pv", volume, "--ignore-not-found", "--wait");
    await this.kubectl.do("delete", "storageclass", brokerStorageClass, "--ignore-not-found");
    await emptyVolumeFolders(this.kubectl, reference, [folder]);
  }
}
