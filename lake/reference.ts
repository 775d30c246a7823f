import type { Currency } from "./currencies";

/** Rows of the reference catalogue: the same for EventSim, which draws from it, and for silver, which joins to it. */
export interface Artist {
  artist_id: string;
  name: string;
  genre: string;
  country_code: string;
}

export interface Song {
  song_id: string;
  title: string;
  artist_id: string;
  genre: string;
  duration_ms: number;
  release_year: number;
  /** Relative weight with which it is chosen. */
  popularity: number;
}

export const merchantCategories = [
  "label",
  "tickets",
  "merchandise",
  "gift_cards",
  "instruments",
  "probe",
] as const;

/** A merchant as it was from `valid_from` (`YYYY-MM-DD`) on; a change of name, category or fee is a new row. */
export interface MerchantVersion {
  merchant_id: string;
  name: string;
  category: (typeof merchantCategories)[number];
  country_code: string;
  currency: Currency;
  /** Share of a sale that the service keeps, 0 to 1. */
  commission_rate: number;
  valid_from: string;
}

export interface Location {
  location_id: string;
  city: string;
  country_code: string;
  latitude: number;
  longitude: number;
  time_zone: string;
  population: number;
}

/** Price of one unit of `currency` in the lake's currency on a day. */
export interface ExchangeRate {
  currency: Currency;
  rate_date: string;
  rate: number;
}

export interface Catalogue {
  artists: readonly Artist[];
  songs: readonly Song[];
  merchants: readonly MerchantVersion[];
  locations: readonly Location[];
  exchange_rates: readonly ExchangeRate[];
}

export type ReferenceName = keyof Catalogue;

/** Spark types of each catalogue's columns, as `column type` DDL. */
export const referenceColumns: Record<ReferenceName, Readonly<Record<string, string>>> = {
  artists: { artist_id: "string", name: "string", genre: "string", country_code: "string" },
  songs: {
    song_id: "string",
    title: "string",
    artist_id: "string",
    genre: "string",
    duration_ms: "int",
    release_year: "int",
    popularity: "double",
  },
  merchants: {
    merchant_id: "string",
    name: "string",
    category: "string",
    country_code: "string",
    currency: "string",
    commission_rate: "double",
    valid_from: "date",
  },
  locations: {
    location_id: "string",
    city: "string",
    country_code: "string",
    latitude: "double",
    longitude: "double",
    time_zone: "string",
    population: "int",
  },
  exchange_rates: { currency: "string", rate_date: "date", rate: "decimal(18,8)" },
};

export const referenceNames = Object.keys(referenceColumns) as ReferenceName[];

/** The merchant, song and customer prefix of smoke's probes: real rows of the catalogue that no simulated customer chooses. */
export const probe = {
  merchantId: "m-probe",
  songId: "s-probe",
  artistId: "a-probe",
  customerPrefix: "probe-",
} as const;
