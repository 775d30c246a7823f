import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Construct } from "constructs";
import { labelsOf } from "../labels";
import { consoleService } from "../names";
import { consolePage } from "../parts/console";

export interface ConsoleIngressProps {
  readonly namespace: string;
  readonly host: string;
  readonly className: string | null;
  readonly tlsSecret: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The page's name outside the cluster, with TLS only. */
export class ConsoleIngress extends Construct {
  constructor(scope: Construct, id: string, props: ConsoleIngressProps) {
    super(scope, id);
    const { namespace, host, className, tlsSecret, annotations } = props;
    const backend = { service: { name: consoleService, port: { name: "http" } } };
    new IngressV1(this, "ingress", {
      metadata: { name: consoleService, namespace, labels: labelsOf(consolePage.name), annotations },
      spec: {
        ...(className !== null && { ingressClassName: className }),
        tls: [{ hosts: [host], secretName: tlsSecret }],
        rule: [{ host, http: { path: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    });
  }
}
