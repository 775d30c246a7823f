import type { Construct } from "constructs";
import { people } from "../../console/people";
import { Manifests } from "../constructs/manifests";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { consoleLoginSecret } from "../names";
import { consolePage } from "../parts/console";
import { PlatformStack, type Deployment } from "../platform-stack";
import { after } from "../terraform/after";
import { ConsoleIngress } from "./console-ingress";
import { ConsoleService } from "./console-service";

/** The page that shows the lake live. Deployed last and destroyed first: the lake neither waits for it nor fails with it. */
export class ConsoleStack extends PlatformStack {
  constructor(scope: Construct, deployment: Deployment) {
    super(scope, "console", deployment);
    const { console, namespace } = this.profile;
    if (!console.enabled) return;
    const page = new SingletonDeployment(this, "page", consolePage, this.profile);
    const service = new ConsoleService(this, "service", namespace);
    if (console.ingress !== null) {
      const ingress = new ConsoleIngress(this, "ingress", { namespace, ...console.ingress });
      after(ingress, service);
    }
    if (console.existingSecret !== null) return;
    const login = new Manifests(this, "login", {
      release: "console-login",
      namespace,
      manifests: [],
      generatedSecrets: [{ name: consoleLoginSecret(this.profile), keys: people, sha256: false }],
    });
    after(page, login);
  }
}
