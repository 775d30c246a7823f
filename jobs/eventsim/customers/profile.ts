import { faker } from "@faker-js/faker/locale/en";
import type { AuthEvent } from "../../../lake/events";
import type { Location, Song } from "../../../lake/reference";
import { Random } from "../random/random";
import type { Weighted } from "../random/weighted";
import { address, token } from "./network";
import { typicalEuros } from "./prices";
import type { Seller, World } from "./world";

export type Level = AuthEvent["level"];

/** A merchant that a customer buys from regularly, and the cost of a usual purchase there, in EUR. */
export interface Habit {
  readonly seller: Seller;
  readonly usualEuros: number;
}

/** A customer's attributes at the start. They depend only on the seed and the customer's index. */
export interface Profile {
  readonly index: number;
  readonly customerId: string;
  /** `none`: not a customer yet, or no longer. */
  readonly level: Level | "none";
  readonly registeredAt: string;
  readonly home: Location;
  readonly homeAddress: string;
  readonly devices: readonly string[];
  readonly cards: readonly string[];
  /** Songs of the genres that the customer likes best. */
  readonly taste: readonly Weighted<Song>[];
  readonly habits: readonly Habit[];
  /** The customer's mean gap between sessions, as a multiple of the average. */
  readonly gapFactor: number;
  /** The merchant with which the customer colludes to take money from cards. */
  readonly colludesWith?: Seller;
  readonly identity: Readonly<
    Pick<AuthEvent, "first_name" | "last_name" | "gender" | "birth_year" | "home_location_id">
  >;
}

/** Shares of customers, which calibration depends on. */
export const awayShare = 0.08;
export const paidShare = 0.4;
export const gapSpread = 0.8;
const ringShare = 0.015;

const { first_name: firstNames, last_name: lastNames } = faker.rawDefinitions.person ?? {};
const femaleNames = firstNames?.female ?? [];
const maleNames = firstNames?.male ?? [];
const familyNames = lastNames?.generic ?? [];

function identity(home: Location, random: Random): Profile["identity"] {
  const female = random.chance(0.5);
  const names = {
    first_name: random.pick(female ? femaleNames : maleNames),
    last_name: random.pick(familyNames),
  };
  const told = random.unit();
  return {
    ...names,
    ...(told < 0.92 ? { gender: female ? "female" : "male" } : told < 0.95 ? { gender: "other" } : {}),
    birth_year: 2010 - Math.floor(Math.min(70, 4 + Math.abs(random.normal()) * 16)),
    home_location_id: home.location_id,
  };
}

/** A time of registration before the first day on which a simulation may start. */
function registeredAt(random: Random): string {
  return new Date(Math.floor(random.between(Date.UTC(2015, 0, 1), Date.UTC(2020, 0, 1)))).toISOString();
}

const attributes = 0xa77;

/** @param newcomer whether the customer comes with growth, and is not registered at the start. */
export function makeProfile(world: World, seed: number, index: number, newcomer: boolean): Profile {
  const random = new Random(seed, attributes, index);
  const home = world.homes.draw(random);
  const level = random.chance(awayShare) || newcomer ? "none" : random.chance(paidShare) ? "paid" : "free";
  const spending = random.logNormal(1, 0.4);
  const habits = Array.from({ length: random.integer(2, 4) }, (): Habit => {
    const seller = world.sellers.draw(random);
    return { seller, usualEuros: typicalEuros(seller, random) * spending };
  });
  return {
    index,
    customerId: `c-${seed}-${String(index).padStart(6, "0")}`,
    level,
    registeredAt: registeredAt(random),
    home,
    homeAddress: address(random),
    devices: Array.from({ length: random.integer(1, 3) }, () => token("d", random)),
    cards: Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => token("card", random)),
    taste: [world.genres.draw(random), world.genres.draw(random)],
    habits,
    gapFactor: random.logNormal(1, gapSpread),
    ...(random.chance(ringShare) ? { colludesWith: random.pick(world.colluders) } : {}),
    identity: identity(home, random),
  };
}
