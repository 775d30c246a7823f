import { z } from "zod";
import { cidrs, labels, name, port, switchedOn } from "./words";

/** What the NetworkPolicies must know of the cluster. */
export const network = z.strictObject({
  policies: switchedOn.describe("default-deny and one allow per edge; off only where a mesh does it"),
  dns: z.strictObject({
    namespace: name,
    podLabels: labels,
    cidrs: z
      .array(cidrs.element)
      .describe("addresses of a node-local DNS cache, which is no pod; empty without one"),
  }),
  apiServer: z.strictObject({
    cidrs: cidrs.describe("addresses behind the Service `kubernetes`: kubectl get endpointslices"),
    ports: z.array(port).min(1, "allowed: at least one port"),
  }),
});
