import { eventTopics } from "../../lake/events";
import type { Profile } from "../../profiles";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, serviceAccounts, webhdfs } from "../names";
import { topicAcl } from "./acl";
import { nodePart } from "./node-part";

function words(profile: Profile): string[] {
  const { lake, namespace } = profile;
  return [
    ...kafkaOptions(kafkaAccess(profile, "watchdog")),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user, "--lake", lake.root],
    ...["--namespace", namespace, "--stale-seconds", String(profile.watchdog.staleSeconds)],
  ];
}

/** Finds bronze, silver or gold stuck by data that nobody carries on, and has it started again. */
export const watchdog = nodePart({
  name: "watchdog",
  isThere: (profile) => profile.watchdog.enabled,
  calls: ["kafka", "webHdfs", "apiServer"],
  // It asks how far the topics are, and reads no record.
  kafkaRights: eventTopics.map((name) => topicAcl(name, "Describe")),
  size: (profile) => profile.watchdog.size,
  program: (profile) => ({ script: "jobs/watchdog/cli.ts", words: words(profile) }),
  secrets: (profile) => kafkaSecrets(kafkaAccess(profile, "watchdog")),
  account: serviceAccounts.watchdog,
});
