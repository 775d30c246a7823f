import { probe, type Artist, type Song } from "../../../lake/reference";
import type { Random } from "../random/random";
import { Weighted } from "../random/weighted";
import { adjectives, capitalised, nouns } from "./words";

/** Zipf exponent of song popularity: a few songs are played very often, most seldom. */
const zipfExponent = 0.9;

function title(random: Random): string {
  const adjective = capitalised(random.pick(adjectives));
  const noun = capitalised(random.pick(nouns));
  switch (random.integer(0, 3)) {
    case 0:
      return noun;
    case 1:
      return `${adjective} ${noun}`;
    case 2:
      return `${noun} of the ${capitalised(random.pick(nouns))}`;
    default:
      return `My ${adjective} ${noun}`;
  }
}

/** @returns `count` songs, the most popular first, and the song of smoke's probe. */
export function songs(count: number, artists: readonly Artist[], random: Random): Song[] {
  const byFame = new Weighted(
    artists.filter((artist) => artist.artist_id !== probe.artistId),
    (artist) => 1 / (Number(artist.artist_id.slice(2)) + 20),
  );
  const drawn = Array.from({ length: count }, (_, index): Song => {
    const artist = byFame.draw(random);
    return {
      song_id: `s-${String(index + 1).padStart(5, "0")}`,
      title: title(random),
      artist_id: artist.artist_id,
      genre: artist.genre,
      duration_ms: Math.round(Math.min(900_000, Math.max(75_000, random.logNormal(205_000, 0.25)))),
      release_year: 2025 - Math.floor(Math.min(60, random.exponential(12))),
      popularity: Number((1 / (index + 1) ** zipfExponent).toFixed(6)),
    };
  });
  const ofProbe: Song = {
    song_id: probe.songId,
    title: "Probe",
    artist_id: probe.artistId,
    genre: "Probe",
    duration_ms: 180_000,
    release_year: 2020,
    popularity: 0,
  };
  return [...drawn, ofProbe];
}
