import { z } from "zod";
import { chart, image } from "./image";
import { jvmSize } from "./size";
import { secretName, switchedOn } from "./words";

export const akhq = z.strictObject({
  enabled: switchedOn,
  chart,
  image: image.nullable().describe("null: the chart's own image"),
  size: jvmSize,
  existingSecret: secretName
    .nullable()
    .describe(
      "Secret with SHA-256 hashes under the keys `reader-sha256`, `operator-sha256` and `token-sha256`; null: the stack creates one, with the passwords",
    ),
});
