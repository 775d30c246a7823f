import { eventTopics } from "../../lake/events";
import { topicAcl } from "./acl";
import { sparkJob } from "./spark-job";

/** It needs no right to a consumer group: Spark assigns partitions itself and keeps its offsets on HDFS. */
export const bronze = sparkJob(
  "bronze",
  ["kafka", "hdfs"],
  eventTopics.map((name) => topicAcl(name, "Read", "Describe")),
);
