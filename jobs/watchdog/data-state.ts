/** What the data say of the application that should carry them on. */
export interface DataState {
  /** idle: nothing waits. fresh: what waits does so for no longer than it may. stale: it waits, and nothing is done. */
  readonly kind: "idle" | "fresh" | "stale";
  /** In words, for the log and the Event. */
  readonly says: string;
}
