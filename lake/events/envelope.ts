import type { Fields } from "./field";

export const levels = ["free", "paid"] as const;

const identifier = "[A-Za-z0-9_.:-]{1,64}";

/** The fields that every event of every topic has. */
export const envelope = {
  event_id: {
    type: "string",
    doc: "Unique id of the event, never reused; its copies share it",
    pattern: identifier,
  },
  event_time: { type: "timestamp", doc: "When it happened, by the clock of the customer's device" },
  schema_version: { type: "int", doc: "Version of the event's schema", min: 1 },
  customer_id: { type: "string", doc: "The customer; also the record's key", pattern: identifier },
  device_id: { type: "string", doc: "The phone, computer or browser that was used", pattern: identifier },
  location_id: {
    type: "string",
    doc: "Where the device was: an id of the locations catalogue",
    pattern: identifier,
  },
} as const satisfies Fields;

/** The session that an event belongs to. */
export const session = {
  session_id: { type: "string", doc: "The session: one visit of a customer", pattern: identifier },
} as const satisfies Fields;

/** The customer's profile, in the events with which customers identify themselves. */
export const customerProfile = {
  first_name: { type: "string", doc: "First name", optional: true },
  last_name: { type: "string", doc: "Last name", optional: true },
  gender: {
    type: "string",
    doc: "As the customer gave it",
    optional: true,
    allowed: ["female", "male", "other"],
  },
  birth_year: { type: "int", doc: "Year of birth", optional: true, min: 1900, max: 2100 },
  registered_at: { type: "timestamp", doc: "When the customer registered", optional: true },
  home_location_id: { type: "string", doc: "Where the customer lives", optional: true, pattern: identifier },
} as const satisfies Fields;
