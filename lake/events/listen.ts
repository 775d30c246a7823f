import { envelope, levels, session } from "./envelope";
import type { EventOf, EventSchema } from "./field";

export const listenEvent = {
  version: 1,
  topicDoc: "Songs played",
  doc: "A song that was played, in whole or in part; sent when playback ends",
  fields: {
    ...envelope,
    ...session,
    song_id: { type: "string", doc: "The song: an id of the songs catalogue" },
    artist_id: { type: "string", doc: "The artist: an id of the artists catalogue" },
    listened_ms: { type: "int", doc: "Time listened, milliseconds", min: 0, max: 86_400_000 },
    level: { type: "string", doc: "The customer's subscription level at that time", allowed: levels },
  },
} as const satisfies EventSchema;

export type ListenEvent = EventOf<typeof listenEvent>;
