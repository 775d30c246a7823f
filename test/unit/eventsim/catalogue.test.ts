import { createHash } from "node:crypto";
import { currencies } from "../../../lake/currencies";
import { merchantCategories, probe, referenceColumns, referenceNames } from "../../../lake/reference";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { firstRateDay, lastRateDay } from "../../../jobs/eventsim/catalogue/exchange-rates";
import { World } from "../../../jobs/eventsim/customers/world";
import { Random } from "../../../jobs/eventsim/random/random";

const catalogue = makeCatalogue();
const ids = (rows: readonly object[], name: string) =>
  rows.map((row) => String((row as Record<string, unknown>)[name]));

test("two generations are the same, byte for byte", () => {
  const hash = () => createHash("sha256").update(JSON.stringify(makeCatalogue())).digest("hex");
  expect(hash()).toBe(hash());
});

test.each(referenceNames)("rows of %s have the columns of the contract and no others", (name) => {
  const found = new Set(catalogue[name].map((row) => Object.keys(row).sort().join()));
  expect([...found]).toEqual([Object.keys(referenceColumns[name]).sort().join()]);
});

test("ids are unique, and every reference is met", () => {
  const artists = new Set(ids(catalogue.artists, "artist_id"));
  expect(artists.size).toBe(catalogue.artists.length);
  expect(new Set(ids(catalogue.songs, "song_id")).size).toBe(catalogue.songs.length);
  expect(new Set(ids(catalogue.locations, "location_id")).size).toBe(catalogue.locations.length);
  const genres = new Map(catalogue.artists.map((artist) => [artist.artist_id, artist.genre]));
  expect(catalogue.songs.filter((song) => genres.get(song.artist_id) !== song.genre)).toEqual([]);
});

test("it is as large as a small service, and music is chosen by Zipf's law", () => {
  expect(catalogue.artists).toHaveLength(401);
  expect(catalogue.songs).toHaveLength(3001);
  expect(new Set(ids(catalogue.merchants, "merchant_id")).size).toBe(251);
  expect(catalogue.locations.length).toBeGreaterThanOrEqual(80);
  const popularity = catalogue.songs.map((song) => song.popularity);
  expect(popularity).toEqual([...popularity].sort((a, b) => b - a));
  const total = popularity.reduce((sum, weight) => sum + weight, 0);
  const top = popularity.slice(0, 300).reduce((sum, weight) => sum + weight, 0);
  expect(top / total).toBeGreaterThan(0.5);
});

test("some merchants have a history: versions in order, each with something changed", () => {
  const versions = new Map<string, typeof catalogue.merchants>();
  for (const row of catalogue.merchants) {
    expect(merchantCategories).toContain(row.category);
    expect(currencies).toContain(row.currency);
    versions.set(row.merchant_id, [...(versions.get(row.merchant_id) ?? []), row]);
  }
  const changed = [...versions.values()].filter((rows) => rows.length > 1);
  expect(changed.length).toBeGreaterThan(15);
  for (const [first, second] of changed) {
    expect(first!.valid_from < second!.valid_from).toBe(true);
    expect({ ...second, valid_from: "" }).not.toEqual({ ...first, valid_from: "" });
  }
});

test("each currency has a rate for each day: positive, 8 decimals, no jumps; the euro's is 1", () => {
  const days = (Date.parse(lastRateDay) - Date.parse(firstRateDay)) / 86_400_000 + 1;
  for (const currency of currencies) {
    const rates = catalogue.exchange_rates.filter((row) => row.currency === currency);
    expect(new Set(rates.map((row) => row.rate_date)).size).toBe(days);
    expect(rates.at(0)?.rate_date).toBe(firstRateDay);
    expect(rates.at(-1)?.rate_date).toBe(lastRateDay);
    const change = (rate: number, index: number) =>
      Math.abs(Math.log(rate / (rates[index - 1]?.rate ?? rate)));
    expect(rates.filter(({ rate }) => !(rate > 0) || Number(rate.toFixed(8)) !== rate)).toEqual([]);
    expect(rates.filter(({ rate }, index) => change(rate, index) > 0.05)).toEqual([]);
    if (currency === "EUR") expect(new Set(rates.map(({ rate }) => rate))).toEqual(new Set([1]));
  }
});

test("cities have places on the globe and time zones that exist", () => {
  for (const city of catalogue.locations) {
    expect(Math.abs(city.latitude)).toBeLessThan(66);
    expect(Math.abs(city.longitude)).toBeLessThanOrEqual(180);
    expect(() => new Intl.DateTimeFormat("en", { timeZone: city.time_zone })).not.toThrow();
    const east = city.longitude > 0;
    const zone = city.time_zone.split("/")[0];
    if (zone === "America") expect(east).toBe(false);
    if (zone === "Asia" || zone === "Australia") expect(east).toBe(true);
  }
});

test("the rows of smoke's probe are there, and no customer draws them", () => {
  expect(ids(catalogue.artists, "artist_id")).toContain(probe.artistId);
  expect(ids(catalogue.songs, "song_id")).toContain(probe.songId);
  expect(ids(catalogue.merchants, "merchant_id")).toContain(probe.merchantId);
  const world = new World(catalogue, 1);
  expect(ids(world.songs.items, "song_id")).not.toContain(probe.songId);
  expect(ids(world.sellers.items, "merchantId")).not.toContain(probe.merchantId);
  const random = new Random(1);
  const drawn = Array.from({ length: 1000 }, () => world.genres.draw(random).draw(random).artist_id);
  expect(drawn).not.toContain(probe.artistId);
});
