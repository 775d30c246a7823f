import { currencies } from "../currencies";
import { envelope } from "./envelope";
import type { EventOf, EventSchema } from "./field";

export const transactionEvent = {
  version: 1,
  topicDoc: "Purchases, refunds, chargebacks",
  doc: "A payment between a customer and a merchant: an attempted purchase, a refund, or a chargeback by the bank",
  fields: {
    ...envelope,
    session_id: { type: "string", doc: "The session it was made in, if any", optional: true },
    kind: { type: "string", doc: "Kind of transaction", allowed: ["purchase", "refund", "chargeback"] },
    original_event_id: {
      type: "string",
      doc: "Id of the purchase that a refund or chargeback returns",
      optional: true,
    },
    merchant_id: { type: "string", doc: "The merchant: an id of the merchants catalogue" },
    amount: { type: "money", doc: "Amount in `currency`, always positive", min: 0.01, max: 1_000_000 },
    currency: { type: "string", doc: "ISO 4217 code", allowed: currencies },
    card_id: { type: "string", doc: "Token of the card" },
    status: { type: "string", doc: "The bank's decision", allowed: ["approved", "declined"] },
    decline_reason: {
      type: "string",
      doc: "Why the bank declined the transaction",
      optional: true,
      allowed: ["insufficient_funds", "wrong_cvc", "expired_card", "suspected_fraud"],
    },
    channel: { type: "string", doc: "Sales channel", allowed: ["app", "web", "point_of_sale"] },
    ip: { type: "string", doc: "IP address of the client" },
  },
} as const satisfies EventSchema;

export type TransactionEvent = EventOf<typeof transactionEvent>;
