import { eventTopics } from "../../lake/events";
import type { Profile } from "../../profiles";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, serviceAccounts, webhdfs } from "../names";
import { topicAcl } from "./acl";
import { nodePart } from "./node-part";

function ownArgs(profile: Profile): string[] {
  const { lake, namespace } = profile;
  return [
    ...kafkaOptions(kafkaAccess(profile, "watchdog")),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user, "--lake", lake.root],
    ...["--namespace", namespace, "--stale-seconds", String(profile.watchdog.staleSeconds)],
  ];
}

/** Finds a bronze, silver or gold that is stuck by its waiting data, and has it restarted. */
export const watchdog = nodePart({
  name: "watchdog",
  isThere: (profile) => profile.watchdog.enabled,
  calls: ["kafka", "webHdfs", "apiServer"],
  // It queries the topics' offsets, and reads no record.
  kafkaRights: eventTopics.map((name) => topicAcl(name, "Describe")),
  size: (profile) => profile.watchdog.size,
  program: (profile) => ({ script: "jobs/watchdog/cli.ts", args: ownArgs(profile) }),
  secrets: (profile) => kafkaSecrets(kafkaAccess(profile, "watchdog")),
  account: serviceAccounts.watchdog,
});
