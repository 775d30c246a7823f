import type { Events } from "../../lake/events";
import { probe } from "../../lake/reference";

/** Amount of the probe's purchase, in EUR. */
export const probeAmount = 0.01;

/** The probe's name, which is its customer, its ledger source and the prefix of its event ids. */
export function probeName(nowMs: number): string {
  return `${probe.customerPrefix}${nowMs.toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
}

/** One well-formed event of each topic, of a customer of the probe's own. `locationId` is in the catalogue. */
export function probeEvents(name: string, at: Date, locationId: string): Events {
  const shared = (kind: string) => ({
    event_id: `${name}-${kind}`,
    event_time: at.toISOString(),
    schema_version: 1,
    customer_id: name,
    device_id: name,
    location_id: locationId,
  });
  const visit = { session_id: name, level: "free" } as const;
  const ip = "192.0.2.1";
  return {
    status_change_events: {
      ...shared("status"),
      change: "register",
      level_before: "none",
      level_after: "free",
      first_name: "Probe",
      registered_at: at.toISOString(),
      home_location_id: locationId,
    },
    auth_events: { ...shared("auth"), ...visit, action: "login", succeeded: true, ip, first_name: "Probe" },
    page_view_events: { ...shared("page"), ...visit, page: "home", method: "GET", status: 200 },
    listen_events: {
      ...shared("listen"),
      ...visit,
      song_id: probe.songId,
      artist_id: probe.artistId,
      listened_ms: 60_000,
    },
    transaction_events: {
      ...shared("transaction"),
      session_id: name,
      kind: "purchase",
      merchant_id: probe.merchantId,
      amount: probeAmount,
      currency: "EUR",
      card_id: name,
      status: "approved",
      channel: "web",
      ip,
    },
  };
}
