import { envelope, levels, session } from "./envelope";
import type { EventOf, EventSchema } from "./field";

export const pages = [
  "home",
  "search",
  "artist",
  "album",
  "playlist",
  "shop",
  "checkout",
  "upgrade",
  "downgrade",
  "settings",
  "help",
  "about",
  "error",
] as const;

export const pageViewEvent = {
  version: 1,
  topicDoc: "Page views",
  doc: "A page that was opened",
  fields: {
    ...envelope,
    ...session,
    page: { type: "string", doc: "The page", allowed: pages },
    method: { type: "string", doc: "HTTP method", allowed: ["GET", "PUT", "POST"] },
    status: { type: "int", doc: "HTTP status code", min: 100, max: 599 },
    level: { type: "string", doc: "The customer's subscription level at that time", allowed: levels },
  },
} as const satisfies EventSchema;

export type PageViewEvent = EventOf<typeof pageViewEvent>;
