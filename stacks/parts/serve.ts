import { part } from "./part";
import { pods } from "./pod-demand";

export const serve = part({
  name: "serve",
  isThere: () => true,
  calls: ["webHdfs", "clickhouse"],
  kafkaRights: [],
  pods: (profile) => [pods("serve", profile.serve.size)],
});
