import { z } from "zod";
import type { PodTemplate } from "./pod-template";

const probe = z.looseObject({
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  failureThreshold: z.number().default(3),
});

const probed = z.looseObject({
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
});

/** Seconds after which a container that has not answered since its start is killed; infinite without a probe. */
export function secondsToStart(container: PodTemplate["spec"]["containers"][number]): number {
  const { startupProbe, livenessProbe } = probed.parse(container);
  const asked = startupProbe ?? livenessProbe;
  if (asked === undefined) return Infinity;
  return asked.initialDelaySeconds + (asked.failureThreshold - 1) * asked.periodSeconds;
}
