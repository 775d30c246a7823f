const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const two = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const euros = new Intl.NumberFormat(undefined, { style: "currency", currency: "EUR" });
const wholeEuros = new Intl.NumberFormat(undefined, {
  style: "currency",
  currency: "EUR",
  maximumFractionDigits: 0,
});
const percents = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });
const finePercents = new Intl.NumberFormat(undefined, { style: "percent", maximumSignificantDigits: 2 });

export const count = (value: number | null): string => (value === null ? "–" : whole.format(value));

export const decimal = (value: number): string => tenths.format(value);

export const score = (value: number): string => two.format(value);

export const rate = (perSecond: number): string =>
  `${perSecond > 0 && perSecond < 10 ? tenths.format(perSecond) : whole.format(perSecond)}/s`;

export const money = (value: number): string => euros.format(value);

export const roundMoney = (value: number): string =>
  Math.abs(value) < 10_000 ? euros.format(value) : wholeEuros.format(value);

export const percent = (share: number | null): string => {
  if (share === null) return "–";
  return (share > 0 && share < 0.01 ? finePercents : percents).format(share);
};

export const hours = (value: number): string => `${(value < 100 ? tenths : whole).format(value)} h`;

export const bytes = (value: number): string => counted(value, "byte");

export const seconds = (value: number): string =>
  `${(value < 10 ? tenths : whole).format(Math.max(0, value))} s`;

/** "1 purchase", "3 purchases". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A span of time in its largest unit. */
export function roughDuration(milliseconds: number): string {
  return duration(milliseconds).replace(/^(\S+ \S+) .*/, "$1");
}

/** A span of time in its two largest units. */
export function duration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes} min ${total % 60} s`;
  const wholeHours = Math.floor(minutes / 60);
  if (wholeHours < 48) return `${wholeHours} h ${minutes % 60} min`;
  return `${Math.floor(wholeHours / 24)} d ${wholeHours % 24} h`;
}
