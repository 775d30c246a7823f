import type { TransactionEvent } from "../../../lake/events";
import type { FraudKind } from "../../../lake/fraud";
import type { Customer, Place } from "./customer";
import { priceIn, typicalEuros } from "./prices";
import type { Returns } from "./returns";
import type { Seller } from "./world";

const habitShare = 0.88;
const declinedShare = 0.025;
const refundedShare = 0.03;
const partlyRefundedShare = 0.2;

/** Days until a refund, and until a bank takes money back for its customer. */
const refundDays = [0.2, 6] as const;
const chargebackDays = [2, 12] as const;

export interface Order {
  readonly seller: Seller;
  readonly amount: number;
  readonly card: string;
  readonly channel: TransactionEvent["channel"];
  /** Absent: approved. */
  readonly declined?: NonNullable<TransactionEvent["decline_reason"]> | undefined;
  readonly place: Place;
  readonly fraud?: FraudKind;
  /** Probability that the card's owner gets the money back from the bank. */
  readonly disputed?: number;
}

function declineReason(customer: Customer): NonNullable<TransactionEvent["decline_reason"]> {
  const draw = customer.random.unit();
  return draw < 0.7
    ? "insufficient_funds"
    : draw < 0.85
      ? "wrong_cvc"
      : draw < 0.97
        ? "expired_card"
        : "suspected_fraud";
}

/** What the customer buys today: mostly the usual, sometimes somewhere new. */
export function usualOrder(customer: Customer, channel: TransactionEvent["channel"], place: Place): Order {
  const { random, profile, setting } = customer;
  const habit = random.chance(habitShare) ? random.pick(profile.habits) : undefined;
  const seller = habit?.seller ?? setting.world.sellers.draw(random);
  const euros = habit ? habit.usualEuros * random.logNormal(1, 0.2) : typicalEuros(seller, random);
  return {
    seller,
    amount: priceIn(seller.currency, euros),
    card: random.chance(0.9) ? profile.cards[0]! : random.pick(profile.cards),
    channel,
    place,
    ...(random.chance(declinedShare) ? { declined: declineReason(customer) } : {}),
  };
}

/** Makes the purchase, and plans its refund or chargeback if there will be one. */
export function buy(customer: Customer, returns: Returns, order: Order): void {
  const { seller, declined, place } = order;
  const { random, setting } = customer;
  const purchase = customer.transacted(
    {
      ...(order.channel === "point_of_sale" ? {} : { session_id: customer.sessionId }),
      kind: "purchase",
      merchant_id: seller.merchantId,
      amount: order.amount,
      currency: seller.currency,
      card_id: order.card,
      status: declined ? "declined" : "approved",
      ...(declined ? { decline_reason: declined } : {}),
      channel: order.channel,
    },
    place,
    order.fraud,
  );
  if (declined) return;
  const after = (days: readonly [number, number]) =>
    Math.round(customer.virtualNow + random.between(...days) * setting.tempo.returnDayMs);
  if (order.disputed !== undefined) {
    if (random.chance(order.disputed))
      returns.plan({ kind: "chargeback", due: after(chargebackDays), purchase, place, amount: order.amount });
  } else if (random.chance(refundedShare)) {
    const share = random.chance(partlyRefundedShare) ? random.between(0.2, 0.8) : 1;
    const smallestUnits = seller.currency === "JPY" ? 1 : 100;
    const amount = Math.max(1, Math.round(order.amount * share * smallestUnits)) / smallestUnits;
    returns.plan({ kind: "refund", due: after(refundDays), purchase, place, amount });
  }
}
