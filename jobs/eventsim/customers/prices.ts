import type { Currency } from "../../../lake/currencies";
import { typicalRate } from "../catalogue/exchange-rates";
import type { Random } from "../random/random";
import type { Seller } from "./world";

/** Median price in EUR, and its spread, by kind of merchant. */
const prices: Record<Seller["category"], { euros: number; spread: number }> = {
  label: { euros: 14, spread: 0.5 },
  tickets: { euros: 58, spread: 0.5 },
  merchandise: { euros: 32, spread: 0.5 },
  gift_cards: { euros: 25, spread: 0.4 },
  instruments: { euros: 140, spread: 0.8 },
};

export function typicalEuros(seller: Seller, random: Random): number {
  const { euros, spread } = prices[seller.category];
  return random.logNormal(euros, spread);
}

/** The nearest payable amount: in whole yen, otherwise in cents; never 0. */
export function toSmallestUnit(currency: Currency, amount: number): number {
  const unitsPerOne = currency === "JPY" ? 1 : 100;
  return Math.max(1, Math.round(amount * unitsPerOne)) / unitsPerOne;
}

/** A price in euros, converted to a currency. */
export function priceIn(currency: Currency, euros: number): number {
  return toSmallestUnit(currency, euros / typicalRate(currency));
}

/** The nearest round price: a multiple of 50 in euros and similar currencies, of 5,000 in yen. */
export function roundPriceIn(currency: Currency, euros: number): number {
  const step = 50 * 10 ** Math.round(-Math.log10(typicalRate(currency)));
  return Math.max(1, Math.round(euros / typicalRate(currency) / step)) * step;
}
