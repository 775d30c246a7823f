import type { Feed } from "./feed";

/** Whether the next record of a feed may be sent now. */
export type Pace = (feed: Feed) => boolean;

/** As fast as the sink accepts records. */
export const atOnce: Pace = () => true;

/** Each record at its own time, by the wall clock. */
export const whenDue: Pace = (feed) => feed.due <= Date.now();

/** `rate` records a second, whatever their own times are. */
export function perSecond(rate: number, start = Date.now()): Pace {
  return (feed) => feed.taken < ((Date.now() - start) * rate) / 1000;
}
