import { merchantCategories } from "../reference";
import type { Columns, Table } from "./column";

const validity = {
  valid_from: {
    type: "timestamp",
    doc: "Start of this version's validity; the first version is valid from 1970 on",
  },
  valid_to: { type: "timestamp", doc: "Start of the next version; null for the newest", nullable: true },
  is_current: { type: "boolean", doc: "Whether this is the newest version" },
} as const satisfies Columns;

function dimension(name: string, grain: string, doc: string, key: string, columns: Columns): Table {
  return { name, layer: "silver", grain, doc, key: [key], storage: "whole", partitionedBy: null, columns };
}

export const dimCustomers = dimension(
  "dim_customers",
  "one version of a customer",
  "Customers with their history (SCD type 2), from log-ins and status changes; a customer without any of these has one row",
  "customer_key",
  {
    customer_key: { type: "string", doc: "Surrogate key: a hash of customer_id and valid_from" },
    customer_id: { type: "string", doc: "The customer" },
    first_name: { type: "string", doc: "First name", nullable: true },
    last_name: { type: "string", doc: "Last name", nullable: true },
    gender: { type: "string", doc: "As the customer gave it", nullable: true },
    birth_year: { type: "int", doc: "Year of birth", nullable: true },
    registered_at: { type: "timestamp", doc: "When the customer registered", nullable: true },
    home_location_id: { type: "string", doc: "Where the customer lives", nullable: true },
    level: {
      type: "string",
      doc: "Level; none after a cancellation",
      nullable: true,
      allowed: ["none", "free", "paid"],
    },
    is_inferred: {
      type: "boolean",
      doc: "Whether the customer is known from other events only, without a log-in or status change so far",
    },
    ...validity,
  },
);

export const dimMerchants = dimension(
  "dim_merchants",
  "one version of a merchant",
  "Merchants with their history (SCD type 2), from the catalogue; a merchant that the catalogue lacks has one row",
  "merchant_key",
  {
    merchant_key: { type: "string", doc: "Surrogate key: a hash of merchant_id and valid_from" },
    merchant_id: { type: "string", doc: "The merchant" },
    name: { type: "string", doc: "Name" },
    category: { type: "string", doc: "What it sells", allowed: [...merchantCategories, "unknown"] },
    country_code: { type: "string", doc: "ISO 3166 code; ZZ if unknown" },
    currency: { type: "string", doc: "Currency it sells in" },
    commission_rate: { type: "double", doc: "Share of a sale that the service keeps" },
    ...validity,
  },
);

export const dimSongs = dimension("dim_songs", "one song", "Songs of the catalogue", "song_id", {
  song_id: { type: "string", doc: "The song" },
  title: { type: "string", doc: "Title" },
  artist_id: { type: "string", doc: "Artist", references: "dim_artists.artist_id" },
  genre: { type: "string", doc: "Genre" },
  duration_seconds: { type: "double", doc: "Length, seconds" },
  release_year: { type: "int", doc: "Year of release" },
});

export const dimArtists = dimension("dim_artists", "one artist", "Artists of the catalogue", "artist_id", {
  artist_id: { type: "string", doc: "The artist" },
  name: { type: "string", doc: "Name" },
  genre: { type: "string", doc: "Main genre" },
  country_code: { type: "string", doc: "ISO 3166 code" },
});

export const dimLocations = dimension("dim_locations", "one city", "Cities", "location_id", {
  location_id: { type: "string", doc: "The city" },
  city: { type: "string", doc: "Name" },
  country_code: { type: "string", doc: "ISO 3166 code" },
  latitude: { type: "double", doc: "Degrees north" },
  longitude: { type: "double", doc: "Degrees east" },
  time_zone: { type: "string", doc: "IANA time zone" },
  population: { type: "int", doc: "Inhabitants" },
});

export const dimDates = dimension("dim_dates", "one day", "Calendar", "event_date", {
  event_date: { type: "date", doc: "The day" },
  year: { type: "int", doc: "Year" },
  quarter: { type: "int", doc: "Quarter, 1 to 4" },
  month: { type: "int", doc: "Month, 1 to 12" },
  day_of_month: { type: "int", doc: "Day of the month" },
  iso_week: { type: "int", doc: "ISO week" },
  day_of_week: { type: "int", doc: "Day of the week, 1 (Monday) to 7 (Sunday)" },
  is_weekend: { type: "boolean", doc: "Whether it is a Saturday or Sunday" },
});
