import { z } from "zod";
import { size } from "./size";
import { hostName, labels, name, secretName, switchedOn } from "./words";

export const consolePage = z.strictObject({
  enabled: switchedOn,
  size,
  existingSecret: secretName
    .nullable()
    .describe("Secret with passwords under the keys `reader` and `operator`; null: the stack creates one"),
  ingress: z
    .strictObject({
      host: hostName.describe("name by which people reach the page"),
      className: name.nullable().describe("null: the cluster's default"),
      tlsSecret: secretName.describe("Secret of type tls: the log-in is never sent in the clear"),
      annotations: labels.describe("annotations for the Ingress controller and the issuer of certificates"),
      controllerNamespace: name.describe("namespace of the Ingress controller, which may call the page"),
    })
    .nullable()
    .describe("null: the page is reached through kubectl port-forward only"),
});
