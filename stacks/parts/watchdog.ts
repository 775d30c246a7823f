import { eventTopics } from "../../lake/events";
import { topicAcl } from "./acl";
import { part } from "./part";
import { pods } from "./pod-demand";

export const watchdog = part({
  name: "watchdog",
  isThere: (profile) => profile.watchdog.enabled,
  calls: ["kafka", "webHdfs", "apiServer"],
  // It asks how far the topics are, and reads no record.
  kafkaRights: eventTopics.map((name) => topicAcl(name, "Describe")),
  pods: (profile) => [pods("watchdog", profile.watchdog.size)],
});
