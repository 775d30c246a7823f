import type { EventRecord } from "../record";

/** Where records go. Each counts in the ledger once it is safe there. */
export interface Sink {
  /** Takes records in order; resolves when there is room for more. */
  write(records: readonly EventRecord[]): Promise<void>;
  /** Resolves when all records are safe, and the ledger with them. Nothing is written afterwards. */
  close(): Promise<void>;
}
