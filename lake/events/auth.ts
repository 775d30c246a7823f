import { customerProfile, envelope, levels, session } from "./envelope";
import type { EventOf, EventSchema } from "./field";

export const authEvent = {
  version: 1,
  topicDoc: "Log-ins and log-outs",
  doc: "A log-in, granted or refused, or a log-out; a granted log-in carries the customer's profile",
  fields: {
    ...envelope,
    ...session,
    action: { type: "string", doc: "What the customer requested", allowed: ["login", "logout"] },
    succeeded: { type: "boolean", doc: "Whether the request was granted" },
    failure_reason: {
      type: "string",
      doc: "Why the request was refused",
      optional: true,
      allowed: ["wrong_password", "locked", "unknown_device"],
    },
    ip: { type: "string", doc: "IP address of the client" },
    level: { type: "string", doc: "The customer's subscription level at that time", allowed: levels },
    ...customerProfile,
  },
} as const satisfies EventSchema;

export type AuthEvent = EventOf<typeof authEvent>;
