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
import { Random } from "../random/random";
import type { Level, Profile } from "./profile";
import type { Tempo } from "./tempo";
import type { World } from "./world";

/** An event as it happened, before faults are added. */
export interface Draft {
  readonly topic: EventTopic;
  readonly event: Events[EventTopic];
  readonly customer: number;
  /** Position among the customer's events, from 0. */
  readonly sequence: number;
  /** When it happened, ms since 1970. */
  readonly time: number;
  readonly fraud: FraudKind | undefined;
}

/** The fields that every event has. */
type Envelope = Pick<
  TransactionEvent,
  "event_id" | "event_time" | "schema_version" | "customer_id" | "device_id" | "location_id"
>;

/** The location and the device of an action. */
export interface Place {
  readonly location: Location;
  readonly device: string;
  readonly address: string;
}

export type TransactionDetails = Omit<TransactionEvent, keyof Envelope | "ip">;

/** What all customers of a simulation share. */
export interface Setting {
  readonly world: World;
  readonly tempo: Tempo;
  readonly seed: number;
  /** Start of the simulation, ms since 1970. */
  readonly from: number;
  /** Part of event ids; it differs for runs with another seed or start. */
  readonly run: string;
}

const behaviour = 0xbe4a;

/** A customer's current state, and the events that result from it. */
export class Customer {
  readonly random: Random;
  level: Level | "none";
  registeredAt: string;
  place: Place;
  sessionId = "";
  /** Time of the event being made, ms since 1970, as in its record. */
  now = 0;
  /** The same moment on the simulation's own clock, which plans use. */
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

  /** Starts a new visit at `place`, to which the following events belong. */
  beginSession(place: Place): void {
    this.place = place;
    this.sessionId = `x-${this.setting.run}-${this.profile.index.toString(36)}-${(this.sessions++).toString(36)}`;
  }

  listened(song: Song, listenedMs: number): void {
    this.emit("listen_events", {
      session_id: this.sessionId,
      song_id: song.song_id,
      artist_id: song.artist_id,
      listened_ms: listenedMs,
      level: this.member,
    });
  }

  opened(page: PageViewEvent["page"], method: PageViewEvent["method"], status: number): void {
    this.emit("page_view_events", { session_id: this.sessionId, page, method, status, level: this.member });
  }

  loggedIn(): void {
    this.emit("auth_events", Object.assign(this.authentication("login", true), this.identity));
  }

  refused(reason: NonNullable<AuthEvent["failure_reason"]>): void {
    const refusal = { failure_reason: reason };
    this.emit("auth_events", Object.assign(this.authentication("login", false), refusal));
  }

  loggedOut(): void {
    this.emit("auth_events", this.authentication("logout", true));
  }

  changed(change: StatusChangeEvent["change"], level: Level | "none"): void {
    const details = { change, level_before: this.level, level_after: level };
    this.level = level;
    if (change === "register") this.registeredAt = new Date(this.now).toISOString();
    this.emit(
      "status_change_events",
      change === "register" ? Object.assign(details, this.identity) : details,
    );
  }

  /** @returns the event's id */
  transacted(details: TransactionDetails, place: Place, fraud?: FraudKind): string {
    return this.emit("transaction_events", Object.assign(details, { ip: place.address }), place, fraud);
  }

  private authentication(action: AuthEvent["action"], succeeded: boolean) {
    return { session_id: this.sessionId, action, succeeded, ip: this.place.address, level: this.member };
  }

  private get identity() {
    return Object.assign({ registered_at: this.registeredAt }, this.profile.identity);
  }

  private get member(): Level {
    if (this.level === "none")
      throw new Error(`${this.profile.customerId} is active without being a customer`);
    return this.level;
  }

  /** @returns the event's id */
  private emit<T extends EventTopic>(
    topic: T,
    details: Omit<Events[T], keyof Envelope>,
    place = this.place,
    fraud?: FraudKind,
  ): string {
    if (this.draft) throw new Error("a step makes one event");
    const { index, customerId } = this.profile;
    const sequence = this.sequence++;
    const envelope: Envelope = {
      event_id: `${this.setting.run}-${index.toString(36)}-${sequence.toString(36)}`,
      event_time: new Date(this.now).toISOString(),
      schema_version: eventSchemas[topic].version,
      customer_id: customerId,
      device_id: place.device,
      location_id: place.location.location_id,
    };
    // Object.assign, because V8 takes 20 times as long to spread the objects.
    const event = Object.assign(envelope, details) as Envelope as Events[T];
    this.draft = { topic, event, customer: index, sequence, time: this.now, fraud };
    return envelope.event_id;
  }
}

/**
 * A part of a customer's life. It yields the time until the next event (virtual ms), and makes exactly that event when
 * it is resumed.
 */
export type Life = Generator<number, void, void>;
