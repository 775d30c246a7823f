import type { Profile } from "../../profiles";
import type { Acl } from "./acl";
import { makers, part, type Callee } from "./part";
import { sparkPods } from "./pod-demand";

/** A Spark application: a driver, and the executors that it starts. */
export function sparkJob<Name extends "bronze" | "silver" | "gold">(
  name: Name,
  calls: readonly Callee[],
  kafkaRights: readonly Acl[] = [],
) {
  return part({
    name,
    isThere: () => true,
    calls,
    kafkaRights,
    pods: (profile: Profile) => [
      sparkPods(`${name}-driver`, profile[name].driver),
      sparkPods(`${name}-executor`, profile[name].executor, profile[name].executors),
    ],
    madeBy: () => makers.spark,
  });
}
