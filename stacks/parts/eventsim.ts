import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import { topicAcl } from "./acl";
import { part } from "./part";
import { pods } from "./pod-demand";

export const eventsim = part({
  name: "eventsim",
  isThere: (profile) => profile.eventsim.enabled,
  // It publishes the reference catalogue, too.
  calls: ["kafka", "webHdfs"],
  kafkaRights: [...eventTopics, ledgerTopic, fraudTruthTopic].map((name) =>
    topicAcl(name, "Write", "Describe"),
  ),
  pods: (profile) => [pods("eventsim", profile.eventsim.size)],
});
