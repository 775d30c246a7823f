import type { Customer, Life } from "../customers/customer";
import { token } from "../customers/network";
import { priceIn } from "../customers/prices";
import { buy } from "../customers/purchase";
import type { Returns } from "../customers/returns";
import { logIn } from "../customers/session";
import type { TransactionEvent } from "../../../lake/events";

/** Share of sessions. */
export const testingShare = 0.0006;

const declinedShare = 0.65;
const reasons: readonly NonNullable<TransactionEvent["decline_reason"]>[] = [
  "wrong_cvc",
  "wrong_cvc",
  "expired_card",
  "insufficient_funds",
  "suspected_fraud",
];

/** Somebody tests a list of stolen cards with small, quick purchases at one merchant on one device; most are declined. */
export function* cardTesting(customer: Customer, returns: Returns, gapMs: number): Life {
  const { random, setting } = customer;
  const { compression } = setting.tempo;
  const seller = random.pick(setting.world.giftCardSellers);
  yield* logIn(customer, gapMs);
  yield Math.round(random.between(3_000, 8_000) * compression);
  customer.opened("checkout", "POST", 200);
  for (let left = random.integer(5, 9); left > 0; left--) {
    yield Math.round(random.between(1_500, 6_000) * compression);
    buy(customer, returns, {
      seller,
      amount: priceIn(seller.currency, random.between(0.5, 3)),
      card: token("card", random),
      channel: "web",
      place: customer.place,
      fraud: "card_testing",
      disputed: 0.3,
      ...(random.chance(declinedShare) ? { declined: random.pick(reasons) } : {}),
    });
  }
}
