import type { Customer, Life } from "../customers/customer";
import { address, token } from "../customers/network";
import { toSmallestUnit } from "../customers/prices";
import { buy, usualOrder } from "../customers/purchase";
import type { Returns } from "../customers/returns";

/** Share of sessions that are followed by it. */
export const travelShare = 0.003;

/** A copy of the card is used in a distant city, sooner than anybody could travel there. */
export function* impossibleTravel(customer: Customer, returns: Returns): Life {
  const { random, setting } = customer;
  const place = {
    location: setting.world.farCity(customer.place.location, random),
    device: token("d", random),
    address: address(random),
  };
  const shortestMs = 5_000;
  const longestMs = 120_000;
  do {
    yield Math.round(shortestMs * (longestMs / shortestMs) ** random.unit() * setting.tempo.compression);
    const order = usualOrder(customer, "point_of_sale", place);
    buy(customer, returns, {
      ...order,
      declined: undefined,
      amount: toSmallestUnit(order.seller.currency, order.amount * random.integer(2, 4)),
      card: customer.profile.cards[0]!,
      fraud: "impossible_travel",
      disputed: 0.6,
    });
  } while (random.chance(0.4));
}
