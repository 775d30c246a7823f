import { z } from "zod";

export const fraudKinds = [
  "card_testing",
  "account_takeover",
  "impossible_travel",
  "merchant_collusion",
] as const;
export type FraudKind = (typeof fraudKinds)[number];

/** One fraudulent transaction, as recorded by EventSim. */
export const fraudTruth = z.object({
  event_id: z.string(),
  event_time: z.iso.datetime(),
  customer_id: z.string(),
  merchant_id: z.string(),
  kind: z.enum(fraudKinds),
});

export type FraudTruth = z.infer<typeof fraudTruth>;
