import type { Catalogue } from "../../../lake/reference";
import { Random } from "../random/random";
import { artists } from "./artists";
import { locations } from "./cities";
import { exchangeRates } from "./exchange-rates";
import { merchants } from "./merchants";
import { songs } from "./songs";

/** The catalogue does not depend on `--seed`: every simulation and every lake share one. */
const origin = 20_200_101;

/** The reference catalogue, the same on every machine and at every call. */
export function makeCatalogue(): Catalogue {
  const allArtists = artists(400, new Random(origin, 1));
  return {
    artists: allArtists,
    songs: songs(3000, allArtists, new Random(origin, 2)),
    merchants: merchants(250, new Random(origin, 3)),
    locations,
    exchange_rates: exchangeRates(origin),
  };
}
