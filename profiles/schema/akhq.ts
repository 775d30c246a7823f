import { z } from "zod";
import { chart, image } from "./image";
import { jvmSize } from "./size";
import { switchedOn } from "./words";

export const akhq = z.strictObject({
  enabled: switchedOn,
  chart,
  image: image.nullable().describe("null: the chart's own"),
  size: jvmSize,
});
