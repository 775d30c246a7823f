import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, webhdfs } from "../names";

export const eventsimScript = "jobs/eventsim/cli.ts";

export function eventsimWords(profile: Profile): string[] {
  const { eventsim } = profile;
  return [
    ...["--sink", "kafka"],
    ...kafkaOptions(kafkaAccess(profile, "eventsim")),
    ...["--seed", String(eventsim.seed)],
    ...["--rate", String(eventsim.recordsPerSecond)],
    ...["--users", String(eventsim.customers)],
    ...["--malformed", String(eventsim.malformed)],
    ...["--duplicates", String(eventsim.duplicates)],
    ...["--late", String(eventsim.late)],
  ];
}

export function catalogueWords(profile: Profile): string[] {
  const { root, user } = profile.lake;
  return ["publish-catalogue", "--webhdfs", webhdfs(profile), "--hdfs-user", user, "--lake", root];
}

/** Simulated customers. Before they start, the reference catalogue that silver joins is put on HDFS. */
export class EventSim extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    new SingletonDeployment(this, "worker", {
      component: "eventsim",
      profile,
      size: profile.eventsim.size,
      before: [{ script: eventsimScript, words: catalogueWords(profile) }],
      program: { script: eventsimScript, words: eventsimWords(profile) },
      secrets: kafkaSecrets(kafkaAccess(profile, "eventsim")),
    });
  }
}
