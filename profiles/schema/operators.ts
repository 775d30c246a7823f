import { z } from "zod";
import { chart, image } from "./image";
import { size } from "./size";
import { name, switchedOn } from "./words";

const strimzi = z.strictObject({
  chart,
  imageRegistry: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.:/-]*$/, "allowed: a registry as quay.io, or null for the chart's own")
    .nullable()
    .describe(
      "mirror that holds all of Strimzi's images under their own names; null: the chart's own registry",
    ),
  size,
});

const spark = z.strictObject({
  chart,
  image: image.nullable().describe("null: the chart's own image"),
  controller: size,
  webhook: size,
});

export const operators = z.strictObject({
  namespace: name,
  /** Off if the cluster already has the operator, which must then watch the lake's namespace. */
  installStrimzi: switchedOn.describe("false if the cluster already has Strimzi"),
  strimzi,
  installSpark: switchedOn.describe("false if the cluster already has the Spark operator"),
  spark,
});
