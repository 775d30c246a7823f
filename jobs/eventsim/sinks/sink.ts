import type { EventRecord } from "../record";

/** A destination of records. A record counts in the ledger once the sink has stored it. */
export interface Sink {
  /** Accepts records in order; resolves when there is room for more. */
  write(records: readonly EventRecord[]): Promise<void>;
  /** Resolves when all records and the ledger are stored. Nothing may be written afterwards. */
  close(): Promise<void>;
}
