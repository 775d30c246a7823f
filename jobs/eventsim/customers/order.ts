import type { TransactionEvent } from "../../../lake/events";
import type { FraudKind } from "../../../lake/fraud";
import type { Place } from "./customer";
import type { Seller } from "./world";

/** What is bought, where, and how the bank responds. */
export interface Order {
  readonly seller: Seller;
  readonly amount: number;
  readonly card: string;
  readonly channel: TransactionEvent["channel"];
  /** Absent when approved. */
  readonly declined?: NonNullable<TransactionEvent["decline_reason"]> | undefined;
  readonly place: Place;
  readonly fraud?: FraudKind;
  /** Probability that the card's owner disputes the purchase and gets the money back from the bank. */
  readonly disputed?: number;
}
