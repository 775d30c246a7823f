import type { TransactionEvent } from "../../../lake/events";
import type { Customer, Place } from "./customer";

interface Return {
  readonly due: number;
  readonly kind: "refund" | "chargeback";
  readonly purchase: TransactionEvent;
  readonly place: Place;
  readonly amount: number;
}

/** Purchases whose money will come back, soonest first. */
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
    const { merchant_id, currency, card_id, channel, event_id } = next.purchase;
    customer.transacted(
      {
        kind: next.kind,
        original_event_id: event_id,
        merchant_id,
        amount: next.amount,
        currency,
        card_id,
        status: "approved",
        channel,
      },
      next.place,
    );
  }
}
