import type { Construct } from "constructs";
import { Manifests } from "../constructs/manifests";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { eventsim } from "../parts/eventsim";
import { PlatformStack, type Deployment } from "../platform-stack";
import { bronzeApplication } from "./bronze";
import { goldApplication, silverApplication } from "./layers";
import { SparkAccounts } from "./spark-accounts";
import { after } from "../terraform/after";
import { Watchdog } from "./watchdog";

export class LakehouseStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "lakehouse", deployment);
    const { profile } = this;
    const accounts = new SparkAccounts(this, "accounts", profile);
    // One release each, so that a changed size of one does not touch the others.
    for (const application of [
      bronzeApplication(profile),
      silverApplication(profile),
      goldApplication(profile),
    ]) {
      const { name } = application.metadata;
      const release = new Manifests(this, name, {
        release: name,
        namespace: profile.namespace,
        manifests: [application],
      });
      after(release, accounts);
    }
    if (profile.watchdog.enabled) new Watchdog(this, "watchdog", profile);
    if (profile.eventsim.enabled) new SingletonDeployment(this, "eventsim", eventsim, profile);
  }
}
