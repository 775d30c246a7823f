const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Activity in each hour of a day, with mean 1. */
const hours = [
  0.45, 0.25, 0.15, 0.1, 0.1, 0.2, 0.5, 0.95, 1.25, 1.15, 1.05, 1.05, 1.15, 1.15, 1.05, 1.1, 1.25, 1.5, 1.65,
  1.75, 1.8, 1.65, 1.25, 0.8,
];

/** Activity from Sunday to Saturday, with mean 1. */
const weekdays = [1.05, 0.92, 0.94, 0.96, 0.99, 1.1, 1.14];

const mean = hours.reduce((sum, weight) => sum + weight, 0) / hours.length;

/** The largest value of `activity`. */
export const peakActivity = (Math.max(...hours) / mean) * Math.max(...weekdays);

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** The zone's offset at noon UTC of a day; a change of the clocks counts for its whole day. */
function measureOffset(zone: string, day: number): number {
  let format = formats.get(zone);
  if (!format) {
    const numeric = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      ...(numeric as Intl.DateTimeFormatOptions),
    });
    formats.set(zone, format);
  }
  const midday = day * dayMs + 12 * hourMs;
  const parts = new Map(format.formatToParts(midday).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) - midday;
}

function offset(zone: string, time: number): number {
  const day = Math.floor(time / dayMs);
  let days = offsets.get(zone);
  if (!days) offsets.set(zone, (days = new Map<number, number>()));
  let found = days.get(day);
  if (found === undefined) days.set(day, (found = measureOffset(zone, day)));
  return found;
}

/** How active people in a time zone are at a time (ms since 1970); the average over a week is 1. */
export function activity(zone: string, time: number): number {
  const local = time + offset(zone, time);
  const hour = Math.floor((local % dayMs) / hourMs);
  const weekday = (Math.floor(local / dayMs) + 4) % 7;
  return ((hours[hour] ?? 1) / mean) * (weekdays[weekday] ?? 1);
}
