import type { Messages } from "../messages";
import { messageNames, store } from "./store";
import { serverSaid } from "./times";

export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  /** Connected, but nothing was received for a while. */
  | { readonly state: "silent"; readonly sinceMs: number }
  | { readonly state: "reconnecting"; readonly sinceMs: number };

const retryMs = 2000;
const silentAfterMs = 8000;

/** Follows the server's events for as long as the page is open. */
export function connect(onChange: (connection: Connection) => void): void {
  let source: EventSource | null = null;
  let openedAtMs: number | null = null;
  let lastAtMs = Date.now();
  let shown: Connection = { state: "connecting" };

  const show = (next: Connection) => {
    if (next.state === shown.state) return;
    shown = next;
    onChange(next);
  };

  const receive = <K extends keyof Messages>(name: K, data: string) => {
    const message = JSON.parse(data) as Messages[K];
    lastAtMs = Date.now();
    if (name === "flow") serverSaid((message as Messages["flow"]).atMs);
    show({ state: "live" });
    store.put(name, message);
  };

  const open = () => {
    const opened = new EventSource("/events");
    source = opened;
    opened.addEventListener("open", () => {
      openedAtMs = Date.now();
      lastAtMs = openedAtMs;
    });
    for (const name of messageNames)
      opened.addEventListener(name, (event) => receive(name, String(event.data)));
    opened.addEventListener("error", () => {
      show({ state: "reconnecting", sinceMs: openedAtMs === null ? Date.now() : lastAtMs });
      // An EventSource gives up on an answer that isn't a stream, such as a proxy's error page.
      if (opened.readyState === EventSource.CLOSED) setTimeout(open, retryMs);
    });
  };

  setInterval(() => {
    const isSilent = Date.now() - lastAtMs > silentAfterMs;
    if (source?.readyState === EventSource.OPEN && isSilent) show({ state: "silent", sinceMs: lastAtMs });
  }, 1000);

  onChange(shown);
  open();
}
