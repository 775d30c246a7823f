import type { Customer, Life } from "../customers/customer";
import { roundPriceIn } from "../customers/prices";
import { buy } from "../customers/purchase";
import type { Returns } from "../customers/returns";
import { browse, logIn, pause } from "../customers/session";
import type { Seller } from "../customers/world";

/** Share of the sessions of a ring's members. */
export const collusionShare = 0.24;

/** A merchant and a ring of buyers charge high, round amounts to cards whose owners will dispute them. */
export function* collusion(customer: Customer, returns: Returns, seller: Seller, gapMs: number): Life {
  const { random } = customer;
  yield* logIn(customer, gapMs);
  yield pause(customer);
  customer.opened("shop", "GET", 200);
  do {
    yield pause(customer);
    customer.opened("checkout", "POST", 200);
    yield pause(customer, 4_000);
    buy(customer, returns, {
      seller,
      amount: roundPriceIn(seller.currency, random.pick([500, 750, 1000, 1500, 2000])),
      card: random.pick(customer.profile.cards),
      channel: "web",
      place: customer.place,
      fraud: "merchant_collusion",
      disputed: 0.5,
    });
  } while (random.chance(0.25));
  yield* browse(customer, returns, "home");
}
