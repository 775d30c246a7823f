import type { Plan, PlannedStack } from "../../../deploy/plan/plan";
import { readPlan } from "../../../deploy/plan/read-plan";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import type { StackName } from "../../../stacks/platform-stack";
import { planFolder } from "../plan-folder";

export function planOf(profile: string, changes = ""): Plan {
  return readPlan(loadProfile(profile, changes), "/nowhere", planFolder());
}

export function stackOf(plan: Plan, name: StackName): PlannedStack {
  const stack = plan.find((stack) => stack.name === name);
  if (!stack) throw new Error(`no stack ${name}`);
  return stack;
}

/** Objects that a stack hands to the chart `resources`. */
export function givenManifests({
  releases,
}: PlannedStack): (Manifest & { readonly spec: Record<string, unknown> })[] {
  return releases.flatMap(({ values }) => ("manifests" in values ? (values.manifests as never[]) : []));
}

export function valuesOf(stack: PlannedStack, release: string): Record<string, unknown> {
  const found = stack.releases.find(({ name }) => name === release);
  if (!found) throw new Error(`stack ${stack.name} has no release ${release}`);
  return found.values as Record<string, unknown>;
}

/** An external Kafka, HDFS and ClickHouse, as changes of a profile. */
export const external = {
  kafka:
    'kafka={"mode":"external","bootstrap":"kafka.example.com:9094","cidrs":["10.9.0.0/24"],"ports":[9094],"tls":{"caSecret":"their-ca"},"sasl":{"mechanism":"scram-sha-256","users":{"eventsim":"u1","bronze":"u2","smoke":"u3","watchdog":"u5","akhq":"u4"}}} operators.installStrimzi=false',
  hdfs: 'hdfs={"mode":"external","uri":"hdfs://theirs","webhdfs":["http://a.example.com:9870","http://b.example.com:9870"],"clientConfigMap":"their-hdfs","cidrs":["10.8.0.0/24"],"ports":{"nameNode":8020,"nameNodeHttp":9870,"dataNode":9866,"dataNodeHttp":9864}}',
  clickhouse:
    'clickhouse={"mode":"external","url":"https://ch.example.com:8443","cidrs":["10.7.0.1/32"],"usersSecret":"their-users"}',
} as const;
