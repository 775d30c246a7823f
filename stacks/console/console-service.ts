import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Construct } from "constructs";
import { componentLabel, labelsOf } from "../labels";
import { consoleService, ports } from "../names";
import { consolePage } from "../parts/console";

/** The name and port of the page in the cluster. */
export class ConsoleService extends Construct {
  constructor(scope: Construct, id: string, namespace: string) {
    super(scope, id);
    new ServiceV1(this, "service", {
      metadata: { name: consoleService, namespace, labels: labelsOf(consolePage.name) },
      spec: {
        selector: componentLabel(consolePage.name),
        port: [{ name: "http", port: ports.console, targetPort: "http" }],
      },
    });
  }
}
