import { eventTopics } from "../../lake/events";
import { topicAcl } from "./acl";
import { sparkJob } from "./spark-job";

/** Spark assigns partitions by itself and keeps its offsets on HDFS: it joins no group. */
export const bronze = sparkJob(
  "bronze",
  ["kafka", "hdfs"],
  eventTopics.map((name) => topicAcl(name, "Read", "Describe")),
);
