import { sparkJob } from "./spark-job";

export const silver = sparkJob("silver", ["hdfs"]);
export const gold = sparkJob("gold", ["hdfs"]);
