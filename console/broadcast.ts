import type { Messages } from "./messages";

export type Message = {
  [Kind in keyof Messages]: { readonly kind: Kind; readonly json: string };
}[keyof Messages];

/** The order in which a newly opened page gets its messages. */
const kinds: readonly (keyof Messages)[] = [
  "history",
  "flow",
  "business",
  "fraud",
  "truth",
  "quarantine",
  "tables",
  "states",
  "checks",
];

/** The newest message of each kind, for all open pages: each is created once, however many pages there are. */
export class Broadcast {
  private readonly newest = new Map<keyof Messages, string>();
  private readonly listeners = new Set<(message: Message) => void>();

  get pages(): number {
    return this.listeners.size;
  }

  /** Sends a message to all pages, unless it equals the last one of its kind. */
  send<Kind extends keyof Messages>(kind: Kind, message: Messages[Kind]): void {
    const json = JSON.stringify(message);
    if (this.newest.get(kind) === json) return;
    this.newest.set(kind, json);
    for (const listener of this.listeners) listener({ kind, json });
  }

  /** Keeps a message for pages that open later. */
  keep<Kind extends keyof Messages>(kind: Kind, message: Messages[Kind]): void {
    this.newest.set(kind, JSON.stringify(message));
  }

  /** Gives the listener the current messages, and then each new one. @returns a function that ends this */
  listen(listener: (message: Message) => void): () => void {
    for (const kind of kinds) {
      const json = this.newest.get(kind);
      if (json !== undefined) listener({ kind, json });
    }
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
