import {
  probe,
  type Catalogue,
  type Location,
  type merchantCategories,
  type Song,
} from "../../../lake/reference";
import type { Currency } from "../../../lake/currencies";
import { Random } from "../random/random";
import { Weighted } from "../random/weighted";

/** A merchant as a buyer sees it. */
export interface Seller {
  readonly merchantId: string;
  readonly category: Exclude<(typeof merchantCategories)[number], "probe">;
  readonly currency: Currency;
}

const farKilometres = 3000;
const earthRadiusKilometres = 6371;

/** Great-circle distance in kilometres. */
export function kilometres(a: Location, b: Location): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const haversine =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthRadiusKilometres * Math.asin(Math.sqrt(haversine));
}

function sellersOf(catalogue: Catalogue): Seller[] {
  const newest = new Map<string, Seller>();
  for (const { merchant_id, category, currency } of catalogue.merchants)
    if (category !== "probe") newest.set(merchant_id, { merchantId: merchant_id, category, currency });
  return [...newest.values()];
}

/** How many of the less popular merchants collude with buyers. */
const colludingMerchants = 4;

function colluding(sellers: readonly Seller[], random: Random): Seller[] {
  const unknown = sellers
    .slice(Math.floor(sellers.length / 2))
    .filter(({ category }) => category === "merchandise" || category === "instruments");
  const chosen = new Set<Seller>();
  while (chosen.size < Math.min(colludingMerchants, unknown.length)) chosen.add(random.pick(unknown));
  return [...chosen];
}

/** The catalogue that customers choose from, weighted by popularity, without the rows of smoke's probe. */
export class World {
  readonly songs: Weighted<Song>;
  /** The songs of each genre; larger genres are drawn more often. */
  readonly genres: Weighted<Weighted<Song>>;
  readonly homes: Weighted<Location>;
  readonly sellers: Weighted<Seller>;
  readonly giftCardSellers: readonly Seller[];
  readonly colluders: readonly Seller[];
  private readonly farFrom: ReadonlyMap<Location, readonly Location[]>;

  constructor(catalogue: Catalogue, seed: number) {
    const songs = catalogue.songs.filter((song) => song.song_id !== probe.songId);
    const genres = [...new Set(songs.map((song) => song.genre))];
    const ofGenre = (genre: string) => songs.filter((song) => song.genre === genre);
    this.songs = new Weighted(songs, (song) => song.popularity);
    this.genres = new Weighted(
      genres.map((genre) => new Weighted(ofGenre(genre), (song) => song.popularity)),
      (ofOne) => ofOne.items.length,
    );
    this.homes = new Weighted(catalogue.locations, (city) => Math.sqrt(city.population));
    const sellers = sellersOf(catalogue);
    this.sellers = new Weighted(sellers, (seller) => 1 / (sellers.indexOf(seller) + 5) ** 0.8);
    this.giftCardSellers = sellers.filter((seller) => seller.category === "gift_cards");
    this.colluders = colluding(sellers, new Random(seed, 0xc011));
    this.farFrom = new Map(
      catalogue.locations.map((from) => [
        from,
        catalogue.locations.filter((to) => kilometres(from, to) > farKilometres),
      ]),
    );
  }

  /** A city that is too far away to be reached within hours. */
  farCity(from: Location, random: Random): Location {
    return random.pick(this.farFrom.get(from) ?? []);
  }
}
