import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import { topicAcl } from "./acl";
import { makers, part } from "./part";
import { pods } from "./pod-demand";

export const smoke = part({
  name: "smoke",
  isThere: () => true,
  calls: ["kafka", "webHdfs", "clickhouse"],
  // It reads what it compares and sends its probes. The ground truth of fraud it only sees to be there.
  kafkaRights: [
    ...[...eventTopics, ledgerTopic].map((name) => topicAcl(name, "Read", "Write", "Describe")),
    topicAcl(fraudTruthTopic, "Describe"),
    {
      resource: { type: "group", name: "smoke-", patternType: "prefix" },
      operations: ["Read", "Describe", "Delete"],
    },
  ],
  pods: (profile) => [pods("smoke", profile.smoke.size)],
  // The watch that the alerts need has its labels, too.
  madeBy: ({ observability }) => (observability.enabled ? undefined : makers.smoke),
});
