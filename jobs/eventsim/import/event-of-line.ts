import type { Events, EventTopic } from "../../../lake/events";
import { eventSchemas } from "../../../lake/events";
import type { levels } from "../../../lake/events/envelope";
import type { ForeignLine } from "./foreign-line";
import { artistId, customerId, deviceId, digest, locationId, sessionId, shortText, songId } from "./names";

/** An event of the lake, made from a line. */
export interface ImportedEvent {
  readonly topic: EventTopic;
  readonly customerId: string;
  /** Milliseconds since 1970. */
  readonly eventTime: number;
  /** The event as JSON. */
  readonly value: string;
}

/** The reason why a line has no counterpart among the lake's events; the same words for all lines of its kind. */
export type LeftOut = { readonly leftOut: string };

type Outcome = ImportedEvent | LeftOut;

type WithoutId = { readonly [T in EventTopic]: Omit<Events[T], "event_id"> };

const pages: Readonly<Record<string, Events["page_view_events"]["page"]>> = {
  Home: "home",
  About: "about",
  Help: "help",
  Settings: "settings",
  "Save Settings": "settings",
  Error: "error",
  Upgrade: "upgrade",
  Downgrade: "downgrade",
  "Add to Playlist": "playlist",
};

type Change = Pick<Events["status_change_events"], "change" | "level_before" | "level_after">;

type Level = (typeof levels)[number];

const registered = (level: Level): Change => ({
  change: "register",
  level_before: "none",
  level_after: level,
});
const cancelled = (level: Level): Change => ({ change: "cancel", level_before: level, level_after: "none" });
const upgraded: Change = { change: "upgrade", level_before: "free", level_after: "paid" };
const downgraded: Change = { change: "downgrade", level_before: "paid", level_after: "free" };

const changes: Readonly<Record<string, (level: Level) => Change>> = {
  "Submit Registration": registered,
  "Submit Upgrade": () => upgraded,
  "Submit Downgrade": () => downgraded,
  "Cancellation Confirmation": cancelled,
};

/** eventsim's lines have no address; this one is from a range reserved for documentation. */
const noAddress = "192.0.2.1";

const methods = eventSchemas.page_view_events.fields.method.allowed;

const genders: Readonly<Record<string, "female" | "male">> = { F: "female", M: "male" };

const time = (ms: number): string => new Date(ms).toISOString();

/** The customer's profile in the line; fields that it lacks are absent. */
function profile({ firstName, lastName, gender, registration }: ForeignLine) {
  return {
    ...(firstName && { first_name: shortText(firstName) }),
    ...(lastName && { last_name: shortText(lastName) }),
    ...(gender && { gender: genders[gender] ?? ("other" as const) }),
    ...(registration && registration > 0 && { registered_at: time(registration) }),
  };
}

/** Makes the event of one line. Its time is the line's, moved by whole days. */
class Line {
  private readonly userId: string;
  private readonly level: Level;

  constructor(
    private readonly line: ForeignLine,
    private readonly shiftMs: number,
  ) {
    this.userId = String(line.userId ?? "");
    this.level = line.level ?? "free";
  }

  outcome(): Outcome {
    const { page, success, prevLevel, song } = this.line;
    if (this.userId === "") return { leftOut: "nobody had logged in" };
    if (typeof success === "boolean") return this.auth("login", success);
    if (typeof prevLevel === "string") return this.levelChange(prevLevel);
    if (page === "NextSong" || (!page && song)) return this.listen();
    if (!page) return { leftOut: "it has neither page, song, success nor prevLevel" };
    if (page === "Login" || page === "Logout") return this.auth(page === "Login" ? "login" : "logout", true);
    const change = changes[page];
    if (change) return this.statusChange(change(this.level));
    return this.pageView(page);
  }

  private listen(): Outcome {
    const { song, artist, length, duration } = this.line;
    if (!song?.trim() || !artist?.trim()) return { leftOut: "a song without a name or an artist" };
    const seconds = Math.min(Math.max(length ?? duration ?? 0, 0), 86_400);
    return this.event("listen_events", {
      ...this.envelope("listen_events"),
      session_id: this.session,
      song_id: songId(artist, song),
      artist_id: artistId(artist),
      listened_ms: Math.round(seconds * 1000),
      level: this.level,
    });
  }

  private pageView(name: string): Outcome {
    const page = pages[name];
    if (page === undefined) return { leftOut: `page ${name} has no counterpart` };
    const { method, status } = this.line;
    return this.event("page_view_events", {
      ...this.envelope("page_view_events"),
      session_id: this.session,
      page,
      method: methods.find((known) => known === method) ?? "GET",
      status: status ?? 200,
      level: this.level,
    });
  }

  private auth(action: "login" | "logout", succeeded: boolean): Outcome {
    return this.event("auth_events", {
      ...this.envelope("auth_events"),
      session_id: this.session,
      action,
      succeeded,
      ip: noAddress,
      level: this.level,
      ...profile(this.line),
    });
  }

  private levelChange(before: string): Outcome {
    if (this.line.auth === "Cancelled") return this.statusChange(cancelled(this.level));
    if (before === "free" && this.level === "paid") return this.statusChange(upgraded);
    if (before === "paid" && this.level === "free") return this.statusChange(downgraded);
    return { leftOut: "a change of status that changed no level" };
  }

  private statusChange(change: Change): Outcome {
    return this.event("status_change_events", {
      ...this.envelope("status_change_events"),
      ...change,
      ...profile(this.line),
    });
  }

  private get session(): string {
    return sessionId(this.userId, this.line.sessionId);
  }

  private get eventTime(): number {
    return this.line.ts + this.shiftMs;
  }

  private envelope(topic: EventTopic) {
    return {
      event_time: time(this.eventTime),
      schema_version: eventSchemas[topic].version,
      customer_id: customerId(this.userId),
      device_id: deviceId(this.userId, this.line.userAgent ?? ""),
      location_id: locationId(this.line),
    };
  }

  /** The id is derived from the content: a play that the fork has in listen_events and page_view_events is one event. */
  private event<T extends EventTopic>(topic: T, event: WithoutId[T]): ImportedEvent {
    const event_id = `import-${digest(topic, event, this.line.itemInSession ?? null)}`;
    return {
      topic,
      customerId: customerId(this.userId),
      eventTime: this.eventTime,
      value: JSON.stringify({ event_id, ...event }),
    };
  }
}

/**
 * The event of a line of eventsim. The same line and shift give the same event, byte for byte.
 * @param shiftDays whole days by which the line's time is moved
 */
export function eventOfLine(line: ForeignLine, shiftDays: number): Outcome {
  return new Line(line, shiftDays * 86_400_000).outcome();
}
