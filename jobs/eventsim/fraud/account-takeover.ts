import type { Customer, Life } from "../customers/customer";
import { address, token } from "../customers/network";
import { priceIn } from "../customers/prices";
import { buy } from "../customers/purchase";
import type { Returns } from "../customers/returns";

/** Share of sessions. */
export const takeoverShare = 0.0018;

/** A thief guesses the password on another device, far away, and buys as many gift cards as the card allows. */
export function* accountTakeover(customer: Customer, returns: Returns, gapMs: number): Life {
  const { random, setting, profile } = customer;
  const wait = (lowMs: number, highMs: number) =>
    Math.round(random.between(lowMs, highMs) * setting.tempo.compression);
  customer.place = {
    location: setting.world.farCity(customer.place.location, random),
    device: token("d", random),
    address: address(random),
  };
  let first = gapMs;
  for (let guesses = random.integer(3, 7); guesses > 0; guesses--) {
    yield first;
    customer.refused("wrong_password");
    first = wait(1_000, 4_000);
  }
  yield first;
  customer.loggedIn();
  yield wait(2_000, 6_000);
  customer.opened("shop", "GET", 200);
  for (let left = random.integer(2, 4); left > 0; left--) {
    const seller = random.pick(setting.world.giftCardSellers);
    yield wait(4_000, 12_000);
    customer.opened("checkout", "POST", 200);
    yield wait(2_000, 6_000);
    buy(customer, returns, {
      seller,
      amount: priceIn(seller.currency, random.pick([150, 200, 250, 300, 500])),
      card: profile.cards[0]!,
      channel: "web",
      place: customer.place,
      fraud: "account_takeover",
      disputed: 0.7,
      ...(random.chance(0.15) ? { declined: "suspected_fraud" } : {}),
    });
  }
}
