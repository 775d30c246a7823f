import {
  eventSchemas,
  type AuthEvent,
  type Events,
  type EventTopic,
  type PageViewEvent,
  type StatusChangeEvent,
  type TransactionEvent,
} from "../../../lake/events";
import type { FraudKind } from "../../../lake/fraud";
import type { Location, Song } from "../../../lake/reference";
import type { Tempo } from "../clock/tempo";
import { Random } from "../random/random";
import type { Level, Profile } from "./profile";
import type { World } from "./world";

/** An event as it happened, before anything goes wrong on its way. */
export interface Draft {
  readonly topic: EventTopic;
  readonly event: Events[EventTopic];
  readonly customer: number;
  /** Position among the customer's events, from 0. */
  readonly sequence: number;
  /** When it happened, ms since 1970. */
  readonly time: number;
  readonly fraud?: FraudKind;
}

/** Where and on what something is done. */
export interface Place {
  readonly location: Location;
  readonly device: string;
  readonly address: string;
}

/** What all customers of a simulation share. */
export interface Setting {
  readonly world: World;
  readonly tempo: Tempo;
  readonly seed: number;
  /** Start of the simulation, ms since 1970. */
  readonly from: number;
  /** Told apart by it: event ids of runs with another seed or start. */
  readonly run: string;
}

const behaviour = 0xbe4a;

/** A customer's present state, and the events that come of it. */
export class Customer {
  readonly random: Random;
  level: Level | "none";
  registeredAt: string;
  place: Place;
  sessionId = "";
  /** Time of the event being made, ms since 1970: what its record says. */
  now = 0;
  /** The same moment on the simulation's own clock, by which things are planned. */
  virtualNow = 0;
  draft: Draft | undefined;
  private sequence = 0;
  private sessions = 0;

  constructor(
    readonly profile: Profile,
    readonly setting: Setting,
  ) {
    this.random = new Random(setting.seed, setting.from, behaviour, profile.index);
    this.level = profile.level;
    this.registeredAt = profile.registeredAt;
    this.place = this.atHome();
  }

  atHome(): Place {
    const { home: location, homeAddress: address, devices } = this.profile;
    return { location, address, device: this.random.chance(0.8) ? devices[0]! : this.random.pick(devices) };
  }

  /** From now on events belong to a new visit, made at `place`. */
  beginSession(place: Place): void {
    this.place = place;
    this.sessionId = `x-${this.setting.run}-${this.profile.index.toString(36)}-${(this.sessions++).toString(36)}`;
  }

  listened(song: Song, listenedMs: number): void {
    this.emit("listen_events", {
      ...this.envelope("listen_events"),
      session_id: this.sessionId,
      song_id: song.song_id,
      artist_id: song.artist_id,
      listened_ms: listenedMs,
      level: this.member,
    });
  }

  opened(page: PageViewEvent["page"], method: PageViewEvent["method"], status: number): void {
    this.emit("page_view_events", {
      ...this.envelope("page_view_events"),
      session_id: this.sessionId,
      page,
      method,
      status,
      level: this.member,
    });
  }

  authenticated(action: AuthEvent["action"], failure?: NonNullable<AuthEvent["failure_reason"]>): void {
    const identified = action === "login" && failure === undefined;
    this.emit("auth_events", {
      ...this.envelope("auth_events"),
      session_id: this.sessionId,
      action,
      succeeded: failure === undefined,
      ...(failure === undefined ? {} : { failure_reason: failure }),
      ip: this.place.address,
      level: this.member,
      ...(identified ? { ...this.profile.identity, registered_at: this.registeredAt } : {}),
    });
  }

  changed(change: StatusChangeEvent["change"], level: Level | "none"): void {
    const before = this.level;
    this.level = level;
    if (change === "register") this.registeredAt = new Date(this.now).toISOString();
    this.emit("status_change_events", {
      ...this.envelope("status_change_events"),
      change,
      level_before: before,
      level_after: level,
      ...(change === "register" ? { ...this.profile.identity, registered_at: this.registeredAt } : {}),
    });
  }

  transacted(
    details: Omit<
      TransactionEvent,
      "event_id" | "event_time" | "schema_version" | "customer_id" | "device_id" | "location_id" | "ip"
    >,
    place: Place,
    fraud?: FraudKind,
  ): TransactionEvent {
    const event: TransactionEvent = {
      ...this.envelope("transaction_events", place),
      ...details,
      ip: place.address,
    };
    this.emit("transaction_events", event, fraud);
    return event;
  }

  private get member(): Level {
    if (this.level === "none")
      throw new Error(`${this.profile.customerId} is active without being a customer`);
    return this.level;
  }

  private envelope(topic: EventTopic, place = this.place) {
    const { index, customerId } = this.profile;
    return {
      event_id: `${this.setting.run}-${index.toString(36)}-${this.sequence.toString(36)}`,
      event_time: new Date(this.now).toISOString(),
      schema_version: eventSchemas[topic].version,
      customer_id: customerId,
      device_id: place.device,
      location_id: place.location.location_id,
    };
  }

  private emit<T extends EventTopic>(topic: T, event: Events[T], fraud?: FraudKind): void {
    if (this.draft) throw new Error("a step makes one event");
    this.draft = {
      topic,
      event,
      customer: this.profile.index,
      sequence: this.sequence++,
      time: this.now,
      ...(fraud ? { fraud } : {}),
    };
  }
}

/**
 * A piece of a customer's life: it yields how long it is until the next event (virtual ms), and makes exactly that one
 * event when it is resumed.
 */
export type Life = Generator<number, void, void>;
