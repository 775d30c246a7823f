import { element, setAttribute, setText } from "./elements";
import { duration, roughDuration } from "./numbers";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dated = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Smallest difference seen between this clock and a message's time: that of the clocks plus the delay of the fastest message. */
let leastDifference = Infinity;

export function serverSaid(atMs: number): void {
  leastDifference = Math.min(leastDifference, Date.now() - atMs);
}

/** The current time by the server's clock; by this clock while the difference could be just a message's delay. */
export function serverNow(): number {
  const differs = Number.isFinite(leastDifference) && Math.abs(leastDifference) > 5000;
  return Date.now() - (differs ? leastDifference : 0);
}

/** What a time element shows: the time, how long ago that is (to the second, or about), or both. */
export type TimeShown = "time" | "age" | "about" | "both";

export function timeElement(shown: TimeShown, ms: number | null = null): HTMLTimeElement {
  const made = element("time", { "data-shown": shown });
  setTime(made, ms);
  return made;
}

export function setTime(target: HTMLTimeElement, ms: number | null): void {
  const date = ms === null ? null : new Date(ms);
  const iso = date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
  setAttribute(target, "datetime", iso);
  setAttribute(target, "title", iso === null ? null : `${iso.slice(0, 19).replace("T", " ")} UTC`);
  retell(target);
}

function retell(target: HTMLTimeElement): void {
  const iso = target.getAttribute("datetime");
  if (iso === null) {
    setText(target, "–");
    return;
  }
  const ms = Date.parse(iso);
  const shown = target.dataset["shown"];
  const ago = (shown === "about" ? roughDuration : duration)(serverNow() - ms);
  setText(
    target,
    shown === "age" || shown === "about"
      ? ago
      : shown === "time"
        ? timeText(ms)
        : `${timeText(ms)} (${ago} ago)`,
  );
}

/** In the reader's time zone; with the date unless it is today's. */
export function timeText(ms: number): string {
  const isToday = new Date(ms).toDateString() === new Date(serverNow()).toDateString();
  return (isToday ? clock : dated).format(ms);
}

/** Keeps the displayed ages up to date. */
export function keepAgesCurrent(): void {
  setInterval(() => {
    for (const target of document.querySelectorAll<HTMLTimeElement>("time[data-shown]"))
      if (target.dataset["shown"] !== "time") retell(target);
  }, 1000);
}

const dayFormat = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A UTC day of the lake, `YYYY-MM-DD`. */
export function dayText(date: string): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) ? date : dayFormat.format(ms);
}
