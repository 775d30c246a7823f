import { currencies, lakeCurrency, type Currency } from "../../../lake/currencies";
import type { ExchangeRate } from "../../../lake/reference";
import { Random } from "../random/random";

/** First and last day with a rate, both included. */
export const firstRateDay = "2020-01-01";
export const lastRateDay = "2031-12-31";

/** Price of one unit in euros on the first day, and the standard size of a day's change. */
const origins: Record<Currency, { rate: number; volatility: number }> = {
  EUR: { rate: 1, volatility: 0 },
  USD: { rate: 0.91, volatility: 0.0035 },
  GBP: { rate: 1.16, volatility: 0.003 },
  SEK: { rate: 0.092, volatility: 0.0028 },
  JPY: { rate: 0.0066, volatility: 0.0038 },
  BRL: { rate: 0.178, volatility: 0.006 },
};

/** Price of one unit in euros that has about the right size on any day. */
export function typicalRate(currency: Currency): number {
  return origins[currency].rate;
}

const dayMs = 86_400_000;

/** How strongly a rate is drawn back to its first value, per day: it varies for years but never drifts away. */
const reversion = 0.004;

/** A random walk of the logarithm, so that a rate is always positive. */
function walk(currency: Currency, random: Random): ExchangeRate[] {
  const { rate: origin, volatility } = origins[currency];
  const rates: ExchangeRate[] = [];
  let offset = 0;
  for (let day = Date.parse(firstRateDay); day <= Date.parse(lastRateDay); day += dayMs) {
    rates.push({
      currency,
      rate_date: new Date(day).toISOString().slice(0, 10),
      rate: Number((origin * Math.exp(offset)).toFixed(8)),
    });
    offset += currency === lakeCurrency ? 0 : volatility * random.normal() - reversion * offset;
  }
  return rates;
}

export function exchangeRates(origin: number): ExchangeRate[] {
  return currencies.flatMap((currency, index) => walk(currency, new Random(origin, index)));
}
