import { faker } from "@faker-js/faker/locale/en";
import { currencies, type Currency } from "../../../lake/currencies";
import { probe, type merchantCategories, type MerchantVersion } from "../../../lake/reference";
import type { Random } from "../random/random";
import { Weighted } from "../random/weighted";
import { locations } from "./cities";
import { adjectives, capitalised, nouns } from "./words";

type Category = Exclude<(typeof merchantCategories)[number], "probe">;

const suffixes: Record<Category, readonly string[]> = {
  label: ["Records", "Music", "Sounds"],
  tickets: ["Tickets", "Live", "Arena"],
  merchandise: ["Merch", "Prints", "Wear"],
  gift_cards: ["Gift Cards", "Vouchers"],
  instruments: ["Guitars", "Instruments", "Drums & Keys"],
};

const shares = new Weighted<[Category, number]>(
  [
    ["label", 30],
    ["tickets", 25],
    ["merchandise", 25],
    ["gift_cards", 8],
    ["instruments", 12],
  ],
  ([, weight]) => weight,
);

const countryCurrencies: Readonly<Record<string, Currency>> = {
  US: "USD",
  GB: "GBP",
  SE: "SEK",
  JP: "JPY",
  BR: "BRL",
  SG: "USD",
  AU: "USD",
  ZA: "USD",
};

const cities = new Weighted(locations, (city) => Math.sqrt(city.population));
const lastNames = faker.rawDefinitions.person?.last_name?.generic ?? [];

function merchantName(category: Category, random: Random): string {
  const suffix = random.pick(suffixes[category]);
  return random.chance(0.3)
    ? `${random.pick(lastNames)} ${suffix}`
    : `${capitalised(random.pick(adjectives))} ${capitalised(random.pick(nouns))} ${suffix}`;
}

function day(random: Random, firstYear: number, lastYear: number): string {
  const at = Date.UTC(random.integer(firstYear, lastYear), random.integer(0, 11), random.integer(1, 28));
  return new Date(at).toISOString().slice(0, 10);
}

function versions(index: number, random: Random): MerchantVersion[] {
  const [category] = shares.draw(random);
  const { country_code } = cities.draw(random);
  const first: MerchantVersion = {
    merchant_id: `m-${String(index + 1).padStart(4, "0")}`,
    name: merchantName(category, random),
    category,
    country_code,
    currency: countryCurrencies[country_code] ?? "EUR",
    commission_rate: random.integer(30, 180) / 1000,
    valid_from: day(random, 2012, 2019),
  };
  if (!random.chance(0.15)) return [first];
  const renamed = random.chance(0.4);
  return [
    first,
    {
      ...first,
      name: renamed ? merchantName(category, random) : first.name,
      commission_rate: random.integer(30, 180) / 1000,
      valid_from: day(random, 2021, 2026),
    },
  ];
}

/** @returns `count` merchants, some with a second version, and the merchant of smoke's probe. */
export function merchants(count: number, random: Random): MerchantVersion[] {
  const drawn = Array.from({ length: count }, (_, index) => versions(index, random)).flat();
  const ofProbe: MerchantVersion = {
    merchant_id: probe.merchantId,
    name: "Probe",
    category: "probe",
    country_code: "ZZ",
    currency: currencies[0],
    commission_rate: 0,
    valid_from: "2012-01-01",
  };
  return [...drawn, ofProbe];
}
