import type { TransactionEvent } from "../../../lake/events";
import type { Customer, Place, TransactionDetails } from "./customer";
import type { Order } from "./order";
import { priceIn, toSmallestUnit, typicalEuros } from "./prices";
import type { Returns } from "./returns";

const habitShare = 0.88;
const declinedShare = 0.025;
const refundedShare = 0.03;
const partlyRefundedShare = 0.2;

/** Days until a refund, and until a chargeback. */
const refundDays = [0.2, 6] as const;
const chargebackDays = [2, 12] as const;

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

/** An ordinary order: mostly from a usual merchant, sometimes from a new one. */
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
    declined: random.chance(declinedShare) ? declineReason(customer) : undefined,
  };
}

/** Makes the purchase, and plans its refund or chargeback if there will be one. */
export function buy(customer: Customer, returns: Returns, order: Order): void {
  const { seller, declined, place, amount, card, channel } = order;
  const details: TransactionDetails = {
    kind: "purchase",
    merchant_id: seller.merchantId,
    amount,
    currency: seller.currency,
    card_id: card,
    status: declined ? "declined" : "approved",
    channel,
  };
  if (channel !== "point_of_sale") details.session_id = customer.sessionId;
  if (declined) details.decline_reason = declined;
  const purchaseId = customer.transacted(details, place, order.fraud);
  if (declined) return;
  const { random } = customer;
  if (order.disputed !== undefined) {
    if (random.chance(order.disputed))
      returns.plan({
        kind: "chargeback",
        due: dueWithin(customer, chargebackDays),
        purchaseId,
        order,
        amount,
      });
  } else if (random.chance(refundedShare)) {
    const share = random.chance(partlyRefundedShare) ? random.between(0.2, 0.8) : 1;
    const refund = toSmallestUnit(seller.currency, amount * share);
    returns.plan({ kind: "refund", due: dueWithin(customer, refundDays), purchaseId, order, amount: refund });
  }
}

function dueWithin(customer: Customer, days: readonly [number, number]): number {
  const { random, virtualNow, setting } = customer;
  return Math.round(virtualNow + random.between(...days) * setting.tempo.returnDayMs);
}
