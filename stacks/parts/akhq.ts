import { makers, part } from "./part";
import { pods } from "./pod-demand";

export const akhq = part({
  name: "akhq",
  isThere: (profile) => profile.akhq.enabled,
  calls: ["kafka"],
  // People read with it, and change nothing.
  kafkaRights: [
    {
      resource: { type: "topic", name: "*", patternType: "literal" },
      operations: ["Read", "Describe", "DescribeConfigs"],
    },
    { resource: { type: "group", name: "*", patternType: "literal" }, operations: ["Read", "Describe"] },
    { resource: { type: "cluster" }, operations: ["Describe", "DescribeConfigs"] },
  ],
  pods: (profile) => [pods("akhq", profile.akhq.size)],
  // Its chart does not let us set labels on its pods.
  podLabels: { "app.kubernetes.io/name": "akhq", "app.kubernetes.io/instance": "akhq" },
  madeBy: () => makers.chart,
});
