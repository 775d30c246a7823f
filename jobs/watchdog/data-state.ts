/** What the data show about the application that should process them. */
export interface DataState {
  /** idle: no data wait. fresh: data wait, but not too long. stale: data wait too long, and nothing is done. */
  readonly kind: "idle" | "fresh" | "stale";
  /** In words, for the log and the Event. */
  readonly says: string;
}
