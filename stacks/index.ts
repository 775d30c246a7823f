import type { App } from "cdktf";
import { AkhqStack } from "./akhq/akhq-stack";
import { ConsoleStack } from "./console/console-stack";
import { FoundationStack } from "./foundation/foundation-stack";
import { HdfsStack } from "./hdfs/hdfs-stack";
import { KafkaStack } from "./kafka/kafka-stack";
import { LakehouseStack } from "./lakehouse/lakehouse-stack";
import { ObservabilityStack } from "./observability/observability-stack";
import { OperatorsStack } from "./operators/operators-stack";
import type { Deployment, PlatformStack } from "./platform-stack";
import { ServingStack } from "./serving/serving-stack";

/** Every stack that the profile needs, in order of deployment. The plan holds their dependencies. */
export function buildStacks(app: App, deployment: Deployment): PlatformStack[] {
  const foundation = new FoundationStack(app, deployment);
  const operators = new OperatorsStack(app, deployment);
  const kafka = new KafkaStack(app, deployment);
  const hdfs = new HdfsStack(app, deployment);
  const lakehouse = new LakehouseStack(app, deployment);
  const serving = new ServingStack(app, deployment);
  operators.addDependency(foundation);
  kafka.addDependency(operators);
  hdfs.addDependency(foundation);
  for (const stack of [kafka, hdfs, operators]) lakehouse.addDependency(stack);
  serving.addDependency(hdfs);
  const akhq = new AkhqStack(app, deployment);
  for (const stack of [kafka, lakehouse, serving]) akhq.addDependency(stack);
  const page = new ConsoleStack(app, deployment);
  for (const stack of [kafka, lakehouse, serving]) page.addDependency(stack);
  const lake = [foundation, operators, kafka, hdfs, lakehouse, serving];
  if (!deployment.profile.observability.enabled) return [...lake, akhq, page];
  const observability = new ObservabilityStack(app, deployment);
  for (const stack of [lakehouse, serving]) observability.addDependency(stack);
  for (const stack of [akhq, page]) stack.addDependency(observability);
  return [...lake, observability, akhq, page];
}
