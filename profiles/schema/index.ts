import { z } from "zod";
import { akhq } from "./akhq";
import { clickhouse } from "./clickhouse";
import { consolePage } from "./console";
import { hdfs, lake } from "./hdfs";
import { images } from "./image";
import { bronze, eventsim, gold, serve, silver, smoke, watchdog } from "./jobs";
import { kafka } from "./kafka";
import { network } from "./network";
import { observability } from "./observability";
import { operators } from "./operators";
import { cluster, terraformBackend } from "./terraform";
import { name } from "./words";

/** Everything that differs between deployments. Nothing has a default: a profile sets every value, or extends another one. */
export const profileSchema = z
  .strictObject({
    name: name.describe("name of the profile; part of the names of its stacks"),
    namespace: name.describe("namespace of everything except the operators"),
    cluster,
    terraform: terraformBackend,
    network,
    images,
    operators,
    lake,
    kafka,
    akhq,
    console: consolePage,
    hdfs,
    clickhouse,
    bronze,
    silver,
    gold,
    eventsim,
    serve,
    smoke,
    watchdog,
    observability,
  })
  .refine(({ namespace, operators }) => namespace !== operators.namespace, {
    path: ["operators", "namespace"],
    error: "allowed: another namespace than the lake's",
  })
  .refine(({ kafka, akhq }) => !akhq.enabled || kafka.mode === "strimzi" || kafka.sasl !== null, {
    path: ["akhq", "enabled"],
    error: "allowed: true only with a Kafka that asks for a log-in",
  });

export type Profile = z.infer<typeof profileSchema>;
