import { customerProfile, envelope } from "./envelope";
import type { EventOf, EventSchema } from "./field";

const levelsOrNone = ["none", "free", "paid"] as const;

export const statusChangeEvent = {
  version: 1,
  topicDoc: "Registrations, level changes, cancellations",
  doc: "A customer registered, changed subscription level or left; a registration carries the profile",
  fields: {
    ...envelope,
    change: { type: "string", doc: "What changed", allowed: ["register", "upgrade", "downgrade", "cancel"] },
    level_before: {
      type: "string",
      doc: "Level before the change; none before a registration",
      allowed: levelsOrNone,
    },
    level_after: {
      type: "string",
      doc: "Level after the change; none after a cancellation",
      allowed: levelsOrNone,
    },
    ...customerProfile,
  },
} as const satisfies EventSchema;

export type StatusChangeEvent = EventOf<typeof statusChangeEvent>;
