import type { Construct } from "constructs";
import { PlatformStack, type Deployment } from "../platform-stack";
import { SparkOperator } from "./spark-operator";
import { StrimziOperator } from "./strimzi";

export class OperatorsStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "operators", deployment);
    const { operators } = this.profile;
    if (operators.installStrimzi) new StrimziOperator(this, "strimzi", this.profile);
    if (operators.installSpark) new SparkOperator(this, "spark", this.profile);
  }
}
