import { envelope, levels, session } from "./envelope";
import type { EventOf, EventSchema } from "./field";

export const listenEvent = {
  version: 1,
  topicDoc: "Songs heard",
  doc: "A song that was heard, whole or in part, sent when it ended",
  fields: {
    ...envelope,
    ...session,
    song_id: { type: "string", doc: "A row of the songs catalogue" },
    artist_id: { type: "string", doc: "A row of the artists catalogue" },
    listened_ms: { type: "int", doc: "How long it was heard, milliseconds", min: 0, max: 86_400_000 },
    level: { type: "string", doc: "The customer's level at that time", allowed: levels },
  },
} as const satisfies EventSchema;

export type ListenEvent = EventOf<typeof listenEvent>;
