import type { Messages } from "../messages";

type Key = keyof Messages;
type Listener<K extends Key> = (message: Messages[K]) => void;

/** The newest message of each kind, and the listeners for the next one. */
class Store {
  private readonly newest: Partial<Messages> = {};
  private readonly listeners: { [K in Key]: Set<Listener<K>> } = {
    flow: new Set(),
    history: new Set(),
    business: new Set(),
    fraud: new Set(),
    truth: new Set(),
    quarantine: new Set(),
    tables: new Set(),
    states: new Set(),
    checks: new Set(),
  };

  put<K extends Key>(key: K, message: Messages[K]): void {
    Object.assign(this.newest, { [key]: message });
    for (const listener of this.listeners[key]) listener(message);
  }

  get<K extends Key>(key: K): Partial<Messages>[K] {
    return this.newest[key];
  }

  /** Calls the listener at once if there is a message already. */
  follow<K extends Key>(key: K, listener: Listener<K>): void {
    this.listeners[key].add(listener);
    const known: Messages[K] | undefined = this.newest[key];
    if (known !== undefined) listener(known);
  }
}

export const store = new Store();

export const messageNames: readonly Key[] = [
  "flow",
  "history",
  "business",
  "fraud",
  "truth",
  "quarantine",
  "tables",
  "states",
  "checks",
];
