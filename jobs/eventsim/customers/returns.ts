import type { Customer } from "./customer";
import type { Order } from "./order";

interface Return {
  /** Virtual time, ms since 1970. */
  readonly due: number;
  readonly kind: "refund" | "chargeback";
  readonly purchaseId: string;
  readonly order: Order;
  readonly amount: number;
}

/** Planned refunds and chargebacks, soonest first. */
export class Returns {
  private readonly planned: Return[] = [];

  /** Virtual time of the next one, ms. */
  get due(): number {
    return this.planned[0]?.due ?? Infinity;
  }

  plan(returned: Return): void {
    const later = this.planned.findIndex((other) => other.due > returned.due);
    this.planned.splice(later < 0 ? this.planned.length : later, 0, returned);
  }

  make(customer: Customer): void {
    const next = this.planned.shift();
    if (!next) throw new Error("nothing is to be returned");
    const { seller, card, channel, place } = next.order;
    customer.transacted(
      {
        kind: next.kind,
        original_event_id: next.purchaseId,
        merchant_id: seller.merchantId,
        amount: next.amount,
        currency: seller.currency,
        card_id: card,
        status: "approved",
        channel,
      },
      place,
    );
  }
}
