import { createHash } from "node:crypto";
import { maxTextCharacters } from "../../../lake/limits";
import { locations } from "../catalogue/cities";
import type { ForeignLine } from "./foreign-line";

/** Prefix of every name that is made from a line, so that none equals one of EventSim's customers, devices or places. */
const prefix = "import";

/** 20 hexadecimal digits that depend only on the parts. */
export function digest(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/** An event's identifier from a text: the text itself where it is allowed, else its digest. */
function identifier(...parts: readonly unknown[]): string {
  const plain = [prefix, ...parts].join("-");
  return /^[A-Za-z0-9_.:-]{1,64}$/.test(plain) ? plain : `${prefix}-${digest(...parts)}`;
}

export const customerId = (userId: string): string => identifier(userId);

export const sessionId = (userId: string, session: ForeignLine["sessionId"]): string =>
  identifier(userId, session);

/** eventsim has no devices: each browser of a customer counts as one. */
export const deviceId = (userId: string, userAgent: string): string => identifier(digest(userId, userAgent));

const citiesOfUnitedStates = new Map(
  locations
    .filter(({ country_code }) => country_code === "US")
    .map(({ city, location_id }) => [slug(city), location_id]),
);

/** The catalogue's location when it has the city, else an id that is not in the catalogue. */
export function locationId({ location, city, state }: ForeignLine): string {
  const [cities = "", states = ""] = location?.split(",") ?? [city ?? "", state ?? ""];
  const name = slug(cities.split("-")[0] ?? "");
  if (name === "") return `${prefix}-unknown`;
  return citiesOfUnitedStates.get(name) ?? identifier(slug(`${name} ${states.split("-")[0]}`));
}

/** A text that is allowed in an event: at most `most` characters, without unpaired UTF-16 surrogates. */
export const shortText = (text: string, most = maxTextCharacters): string =>
  [...text.replaceAll(/\p{Surrogate}/gu, "\uFFFD")].slice(0, most).join("");

const half = Math.floor((maxTextCharacters - " / ".length) / 2);

/** Artists and songs of imported lines are not in the catalogue, so their names are their ids. */
export const artistId = (artist: string): string => shortText(artist, half);

export const songId = (artist: string, song: string): string =>
  `${artistId(artist)} / ${shortText(song, half)}`;
