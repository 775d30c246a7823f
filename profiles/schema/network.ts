import { z } from "zod";
import { cidrs, labels, name, port, switchedOn } from "./words";

/** What the NetworkPolicies need to know about the cluster. */
export const network = z.strictObject({
  policies: switchedOn.describe(
    "NetworkPolicies: deny by default and allow each edge; false only if a service mesh does this",
  ),
  dns: z.strictObject({
    namespace: name,
    podLabels: labels,
    cidrs: z
      .array(cidrs.element)
      .describe("addresses of a node-local DNS cache, which is not a pod; empty if there is none"),
  }),
  apiServer: z.strictObject({
    cidrs: cidrs.describe("addresses behind the Service `kubernetes`: kubectl get endpointslices -n default"),
    ports: z.array(port).min(1, "allowed: at least one port"),
  }),
});
