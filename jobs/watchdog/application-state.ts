import { z } from "zod";
import type { ApplicationState } from "./decide";

const time = z.iso.datetime({ offset: true });

const sparkApplication = z.object({
  metadata: z.object({
    uid: z.string(),
    resourceVersion: z.string(),
    creationTimestamp: time,
    managedFields: z
      .array(z.object({ time: time.optional(), subresource: z.string().optional() }))
      .default([]),
  }),
  spec: z.object({ suspend: z.boolean().nullish() }),
  status: z
    .object({
      applicationState: z.object({ state: z.string() }).optional(),
      lastSubmissionAttemptTime: time.nullish(),
    })
    .optional(),
});

type Seen = z.infer<typeof sparkApplication>;

/** An application's state when it was read. */
export interface SeenApplication extends ApplicationState {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** States of a submitted application. Executors that come and go change its status, too. */
const submitted = new Set(["SUBMITTED", "RUNNING"]);

function sinceMs({ metadata, status }: Seen): number {
  const moved = submitted.has(status?.applicationState?.state ?? "")
    ? [status?.lastSubmissionAttemptTime]
    : metadata.managedFields.filter(({ subresource }) => subresource === "status").map(({ time }) => time);
  return Math.max(...[metadata.creationTimestamp, ...moved].map((at) => Date.parse(at ?? "") || 0));
}

/** @param object the application's resource from the API server */
export function seenApplication(object: unknown): SeenApplication {
  const seen = sparkApplication.parse(object);
  return {
    uid: seen.metadata.uid,
    resourceVersion: seen.metadata.resourceVersion,
    state: seen.status?.applicationState?.state || "NEW",
    isSuspended: seen.spec.suspend === true,
    sinceMs: sinceMs(seen),
  };
}
