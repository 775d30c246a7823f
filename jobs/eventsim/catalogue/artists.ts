import { faker } from "@faker-js/faker/locale/en";
import { probe, type Artist } from "../../../lake/reference";
import type { Random } from "../random/random";
import { Weighted } from "../random/weighted";
import { locations } from "./cities";
import { capitalised, nouns, adjectives } from "./words";

export const genres = [
  "Pop",
  "Rock",
  "Hip-Hop",
  "Electronic",
  "Indie",
  "R&B",
  "Metal",
  "Jazz",
  "Folk",
  "Classical",
  "Latin",
  "Soul",
] as const;

const firstNames = faker.rawDefinitions.person?.first_name?.generic ?? [];
const lastNames = faker.rawDefinitions.person?.last_name?.generic ?? [];

function artistName(random: Random): string {
  const noun = capitalised(random.pick(nouns));
  const adjective = capitalised(random.pick(adjectives));
  switch (random.integer(0, 3)) {
    case 0:
      return `The ${adjective} ${noun}s`;
    case 1:
      return `${adjective} ${noun}`;
    case 2:
      return `${noun} & the ${capitalised(random.pick(nouns))}s`;
    default:
      return `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  }
}

/** @returns `count` artists, and the artist of smoke's probe. */
export function artists(count: number, random: Random): Artist[] {
  const countries = new Weighted(locations, (city) => Math.sqrt(city.population));
  const genre = new Weighted(genres, (name) => 1 / (genres.indexOf(name) + 3));
  const names = new Set<string>();
  while (names.size < count) names.add(artistName(random));
  const drawn = [...names].map((name, index) => ({
    artist_id: `a-${String(index + 1).padStart(4, "0")}`,
    name,
    genre: genre.draw(random),
    country_code: countries.draw(random).country_code,
  }));
  return [...drawn, { artist_id: probe.artistId, name: "Probe", genre: "Probe", country_code: "ZZ" }];
}
