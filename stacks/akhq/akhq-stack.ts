import type { Construct } from "constructs";
import { PlatformStack, type Deployment } from "../platform-stack";
import { Akhq } from "./akhq";

/** A page to look at Kafka with. It comes last and goes first: the lake neither waits for it nor fails with it. */
export class AkhqStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "akhq", deployment);
    if (this.profile.akhq.enabled) new Akhq(this, "akhq", this.profile);
  }
}
