import { z } from "zod";
import { clickhouseDatabase, importedTable, type Table } from "../../lake/tables";
import { fctDailySongPlays, goldDimCustomers, goldDimMerchants, kpiDaily } from "../../lake/tables/gold";
import { dimLocations } from "../../lake/tables/silver-dimensions";
import type { Parquet } from "../../smoke/reading/parquet";
import { count, type Sql } from "../../smoke/reading/sql";
import type { BusinessMessage } from "../messages";

const table = (of: Table) => `${clickhouseDatabase}.${importedTable(of)}`;

const sql = {
  days: `SELECT toString(event_date) AS date, revenue, listens, listened_hours AS listenedHours,
  active_customers AS activeCustomers, free_customers AS freeCustomers, registrations,
  conversion_rate AS conversionRate, purchases, fraud_alerts AS fraudAlerts
FROM ${table(kpiDaily)} ORDER BY event_date DESC LIMIT 14`,
  songs: `SELECT title, artist_name AS artist, genre, plays, listeners
FROM ${table(fctDailySongPlays)}
WHERE event_date = (SELECT max(event_date) FROM ${table(fctDailySongPlays)})
ORDER BY plays DESC, title LIMIT 10`,
  merchants: `SELECT name, category, total_amount AS revenue, transactions, risk
FROM ${table(goldDimMerchants)} ORDER BY total_amount DESC, name LIMIT 10`,
};

/** @param locations SQL source of silver's cities, which are not in ClickHouse */
const ofCities = (
  locations: string,
) => `SELECT l.city AS city, l.country_code AS country, count() AS customers,
  sum(c.listens) AS listens, sum(c.total_amount) AS revenue
FROM ${table(goldDimCustomers)} AS c JOIN ${locations} AS l ON l.location_id = c.home_location_id
GROUP BY city, country ORDER BY listens DESC, city LIMIT 10`;

const day = z.object({
  date: z.string(),
  revenue: z.number(),
  listens: count,
  listenedHours: z.number(),
  activeCustomers: count,
  freeCustomers: count,
  registrations: count,
  conversionRate: z.number().nullable(),
  purchases: count,
  fraudAlerts: count,
});

const song = z.object({
  title: z.string(),
  artist: z.string(),
  genre: z.string(),
  plays: count,
  listeners: count,
});

const merchant = z.object({
  name: z.string(),
  category: z.string(),
  revenue: z.number(),
  transactions: count,
  risk: z.string(),
});

const city = z.object({
  city: z.string(),
  country: z.string(),
  customers: count,
  listens: count,
  revenue: z.number(),
});

export const businessBefore: BusinessMessage = {
  ...{ asOfMs: null, days: [], songs: [], merchants: [], cities: [] },
  sql: { ...sql, cities: "" },
};

/** Key figures by day, and the best sellers. */
export async function business(reader: Sql, parquet: Parquet, asOfMs: number): Promise<BusinessMessage> {
  const citiesSql = ofCities(parquet.silver(dimLocations));
  const [days, songs, merchants, cities] = await Promise.all([
    reader.rows(sql.days, day),
    reader.rows(sql.songs, song),
    reader.rows(sql.merchants, merchant),
    reader.rows(citiesSql, city),
  ]);
  return { asOfMs, days, songs, merchants, cities, sql: { ...sql, cities: citiesSql } };
}
