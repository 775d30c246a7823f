import type { Ledger } from "./ledger";

const everyMs = 1000;

/**
 * Prints once a second, as one line of JSON, what was sent so far: `{"sent", "rate", "topics": {<topic>: {"sent",
 * "malformed", "duplicates", "late"}}}`; `rate` is that of the last second, in records/s.
 * @returns a function that prints it a last time and then stops
 */
export function showProgress(ledger: Ledger, out: NodeJS.WritableStream): () => void {
  let sent = 0;
  let toldAt = performance.now();
  const tell = () => {
    const now = performance.now();
    const rate = Math.round(((ledger.sent - sent) * 1000) / Math.max(1, now - toldAt));
    out.write(`${JSON.stringify({ sent: ledger.sent, rate, topics: ledger.totals })}\n`);
    sent = ledger.sent;
    toldAt = now;
  };
  const timer = setInterval(tell, everyMs);
  return () => {
    clearInterval(timer);
    tell();
  };
}
