import { z } from "zod";
import { endpointsSchema, hdfsUser } from "../lake/endpoints";
import { kafkaSecurity } from "../jobs/kafka/security";
import { hops } from "./hops";

const positive = (allowed: string) => z.coerce.number(allowed).positive(allowed);

/** Options of the checks: where the lake is, how to log in, and how strict to be. */
export const smokeOptions = z.object({
  endpoints: endpointsSchema,
  kafka: kafkaSecurity,
  hdfsUser,
  clickhouse: z.object({ username: z.string().min(1, "allowed: a user's name"), password: z.string() }),
  checks: z.array(z.enum(hops, `allowed: ${hops.join(", ")}`)).min(1, "allowed: at least one"),
  /** The sources have stopped and all their events have arrived: counts must be equal, not only within bounds. */
  settled: z.boolean(),
  /** How often bronze writes a batch, and silver and gold run; observed in their records when absent. */
  triggerSeconds: positive("allowed: seconds above 0").optional(),
  everySeconds: positive("allowed: seconds above 0").optional(),
  /** Largest 95th percentile of the time from Kafka to the imported tables. */
  freshnessSeconds: positive("allowed: seconds above 0"),
  /** How many hours it is a failure that Kafka deleted records before they were read, or that a transaction is open. */
  lossHours: positive("allowed: hours above 0").optional(),
  /** Largest share of a topic's records in quarantine. */
  quarantineShare: z.coerce
    .number("allowed: a share from 0 to 1")
    .min(0, "allowed: a share from 0 to 1")
    .max(1, "allowed: a share from 0 to 1"),
});

/** How strict the checks are when nothing else is said. */
export const usualLimits = { freshnessSeconds: 300, quarantineShare: 0.05 } as const;

export type SmokeOptions = z.infer<typeof smokeOptions>;
