import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import type { Profile } from "../../profiles";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, webhdfs } from "../names";
import { topicAcl } from "./acl";
import { nodePart } from "./node-part";

const script = "jobs/eventsim/cli.ts";

function ownArgs(profile: Profile): string[] {
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

function catalogueArgs(profile: Profile): string[] {
  const { root, user } = profile.lake;
  return ["publish-catalogue", "--webhdfs", webhdfs(profile), "--hdfs-user", user, "--lake", root];
}

/** Simulates customers. An init container first puts the reference catalogue that silver joins on HDFS. */
export const eventsim = nodePart({
  name: "eventsim",
  isThere: (profile) => profile.eventsim.enabled,
  calls: ["kafka", "webHdfs"],
  kafkaRights: [...eventTopics, ledgerTopic, fraudTruthTopic].map((name) =>
    topicAcl(name, "Write", "Describe"),
  ),
  size: (profile) => profile.eventsim.size,
  before: (profile) => [{ script, args: catalogueArgs(profile) }],
  program: (profile) => ({ script, args: ownArgs(profile) }),
  secrets: (profile) => kafkaSecrets(kafkaAccess(profile, "eventsim")),
});
