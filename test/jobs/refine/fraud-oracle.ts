/** A log-in or a transaction that is in silver, in order of arrival. */
export interface Act {
  readonly topic: "auth_events" | "transaction_events";
  readonly eventId: string;
  /** Milliseconds since 1970. */
  readonly happenedAt: number;
  /** UTC day of arrival in Kafka, days since 1970. */
  readonly arrivalDay: number;
  readonly customerId: string;
  readonly deviceId: string;
  readonly place: { readonly latitude: number; readonly longitude: number } | undefined;
  /** Log-ins only. */
  readonly succeeded?: boolean;
  /** Transactions only; `cents` are in the lake's currency, `originalAmount` is in the one it was sent in. */
  readonly kind?: string;
  readonly status?: string;
  readonly merchantId?: string;
  readonly cardId?: string;
  readonly cents?: number;
  readonly originalAmount?: number;
}

interface Customer {
  acts: number;
  purchases: number;
  sum: number;
  squares: number;
  last: { at: number; eventId: string; latitude: number; longitude: number } | undefined;
  newestTryAt: number;
  readonly tries: { at: number; what: "attempt" | "decline" | "failed_login"; cardId: string | undefined }[];
  readonly devices: Map<string, number>;
}

interface Merchant {
  readonly days: { day: number; purchases: number; chargebacks: number; roundHigh: number }[];
}

const minute = 60_000;

function kilometres(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }) {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(Math.min(1, half)));
}

/**
 * Fraud scores computed act by act from what had arrived before: a second implementation of docs/data.md's rules, without SQL.
 * @returns by event_id of each purchase, the score in units of 1e-8
 */
export function scoresOf(acts: readonly Act[]): Map<string, number> {
  const customers = new Map<string, Customer>();
  const merchants = new Map<string, Merchant>();
  const scores = new Map<string, number>();
  for (const act of acts) {
    const customer = customers.get(act.customerId) ?? {
      ...{ acts: 0, purchases: 0, sum: 0, squares: 0, last: undefined, newestTryAt: -Infinity },
      ...{ tries: [], devices: new Map<string, number>() },
    };
    customers.set(act.customerId, customer);
    const merchant = merchants.get(act.merchantId ?? "") ?? { days: [] };
    if (act.merchantId !== undefined) merchants.set(act.merchantId, merchant);
    if (act.kind === "purchase") scores.set(act.eventId, scoreOf(act, customer, merchant));
    learn(act, customer, merchant);
  }
  return scores;
}

function scoreOf(act: Act, customer: Customer, merchant: Merchant): number {
  const amount = (act.cents ?? 0) / 100;
  const seen = customer.tries.filter(
    ({ at }) =>
      at > customer.newestTryAt - 30 * minute && at > act.happenedAt - 30 * minute && at <= act.happenedAt,
  );
  const tries = seen.filter(({ at, what }) => what !== "failed_login" && at >= act.happenedAt - 10 * minute);
  const declines = tries.filter(({ what }) => what === "decline").length;
  const cards = new Set([...tries.map(({ cardId }) => cardId), act.cardId]).size;
  const failedLogins = seen.filter(({ what }) => what === "failed_login").length;
  const mean = customer.sum / customer.purchases;
  const deviation = Math.sqrt(Math.max(customer.squares / customer.purchases - mean * mean, 0));
  const firstAt = customer.devices.get(act.deviceId);
  const knownMinutes = firstAt === undefined ? 0 : Math.max((act.happenedAt - firstAt) / minute, 0);
  const recent = merchant.days.filter(({ day }) => day >= act.arrivalDay - 30);
  const of = (name: "purchases" | "chargebacks" | "roundHigh") =>
    recent.reduce((sum, one) => sum + one[name], 0);
  const travelled = customer.last && act.place && kilometres(customer.last, act.place);
  const hours = customer.last ? Math.abs(act.happenedAt - customer.last.at) / 3_600_000 : 0;
  const fired: readonly [boolean, number][] = [
    [(1 + tries.length >= 4 && cards >= 3) || declines >= 3, 0.9],
    [travelled !== undefined && travelled > 300 && travelled > 900 * hours, 0.9],
    [failedLogins >= 3 && amount >= 50, 0.85],
    [isRoundAndHigh(act) && of("roundHigh") >= 3 && of("roundHigh") >= 0.3 * of("purchases"), 0.7],
    [of("chargebacks") >= 3 && of("chargebacks") >= 0.05 * of("purchases"), 0.4],
    [customer.purchases >= 3 && amount > 50 && amount > mean + 4 * Math.max(deviation, 0.2 * mean), 0.4],
    [customer.acts >= 3 && knownMinutes < 10 && amount >= 100, 0.35],
  ];
  const clear = fired.reduce((product, [is, weight]) => (is ? product * (1 - weight) : product), 1);
  return Math.round((1 - clear) * 1e8);
}

function isRoundAndHigh({ kind, status, cents = 0, originalAmount = 0 }: Act): boolean {
  return kind === "purchase" && status === "approved" && cents >= 30_000 && originalAmount % 50 === 0;
}

function learn(act: Act, customer: Customer, merchant: Merchant): void {
  const isTrusted =
    act.topic === "auth_events"
      ? act.succeeded === true
      : act.kind !== "chargeback" && act.status === "approved";
  const what =
    act.topic === "auth_events"
      ? act.succeeded
        ? undefined
        : "failed_login"
      : act.kind !== "purchase"
        ? undefined
        : act.status === "approved"
          ? "attempt"
          : "decline";
  if (what) {
    customer.tries.push({ at: act.happenedAt, what, cardId: act.cardId });
    customer.newestTryAt = Math.max(customer.newestTryAt, act.happenedAt);
  }
  if (isTrusted) {
    customer.acts += 1;
    customer.devices.set(
      act.deviceId,
      Math.min(customer.devices.get(act.deviceId) ?? Infinity, act.happenedAt),
    );
    const { last, place } = { last: customer.last, place: act.place };
    const isLater =
      !last || act.happenedAt > last.at || (act.happenedAt === last.at && act.eventId > last.eventId);
    if (place && isLater) customer.last = { at: act.happenedAt, eventId: act.eventId, ...place };
    if (act.kind === "purchase") {
      const amount = (act.cents ?? 0) / 100;
      customer.purchases += 1;
      customer.sum += amount;
      customer.squares += amount * amount;
    }
  }
  if (act.topic === "transaction_events")
    merchant.days.push({
      day: act.arrivalDay,
      purchases: Number(act.kind === "purchase" && act.status === "approved"),
      chargebacks: Number(act.kind === "chargeback" && act.status === "approved"),
      roundHigh: Number(isRoundAndHigh(act)),
    });
}
