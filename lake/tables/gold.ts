import type { Columns, Table } from "./column";

const eventDate = {
  event_date: { type: "date", doc: "UTC day on which the events happened" },
} as const satisfies Columns;

function daily(name: string, grain: string, doc: string, key: readonly string[], columns: Columns): Table {
  return {
    name,
    layer: "gold",
    grain,
    doc,
    key,
    storage: "by_day",
    partitionedBy: "event_date",
    freshness: "each run",
    columns: { ...columns, ...eventDate },
  };
}

export const facts = daily(
  "facts",
  "one merchant on one day",
  "Sales, refunds, chargebacks and suspected fraud of each merchant by day",
  ["event_date", "merchant_id"],
  {
    merchant_id: { type: "string", doc: "The merchant" },
    transactions: { type: "long", doc: "Approved purchases" },
    declined: { type: "long", doc: "Purchases that the bank declined" },
    customers: { type: "long", doc: "Customers with an approved purchase" },
    total_amount: { type: "double", doc: "Sum of approved purchases, EUR, whole cents" },
    refunds: { type: "long", doc: "Approved refunds" },
    refund_amount: { type: "double", doc: "Sum of approved refunds, EUR, whole cents" },
    chargebacks: { type: "long", doc: "Approved chargebacks" },
    chargeback_amount: { type: "double", doc: "Sum of approved chargebacks, EUR, whole cents" },
    fraud_alerts: { type: "long", doc: "Purchases flagged as fraud" },
    fraud_score: { type: "float", doc: "Mean fraud score of the day's purchases, 0 to 1" },
    fraud_score_sum: { type: "rate", doc: "Sum of the day's fraud scores, from which the mean is computed" },
  },
);

export const fctFraudAlerts = daily(
  "fct_fraud_alerts",
  "one flagged purchase",
  "Purchases flagged as fraud, with the rules that fired and their evidence",
  ["event_id"],
  {
    event_id: { type: "string", doc: "The purchase" },
    event_time: { type: "timestamp", doc: "When the purchase was attempted, UTC" },
    customer_id: { type: "string", doc: "Customer" },
    merchant_id: { type: "string", doc: "Merchant" },
    amount: { type: "money", doc: "Amount, EUR" },
    status: { type: "string", doc: "The bank's decision", allowed: ["approved", "declined"] },
    fraud_score: { type: "float", doc: "Fraud score, 0 to 1; a purchase is flagged from 0.5 on" },
    rules: { type: "strings", doc: "Rules that fired" },
    evidence: { type: "string", doc: "The values on which each rule fired, as JSON" },
    scored_at: { type: "timestamp", doc: "When the score was computed; it never changes afterwards" },
  },
);

export const fctDailySongPlays = daily(
  "fct_daily_song_plays",
  "one song on one day",
  "Plays of each song by day",
  ["event_date", "song_id"],
  {
    song_id: { type: "string", doc: "The song" },
    title: { type: "string", doc: "Title" },
    artist_id: { type: "string", doc: "Artist" },
    artist_name: { type: "string", doc: "Artist's name" },
    genre: { type: "string", doc: "Genre" },
    plays: { type: "long", doc: "Times the song was played" },
    listeners: { type: "long", doc: "Customers who played it" },
    listened_seconds: { type: "double", doc: "Total time listened, seconds" },
    skips: { type: "long", doc: "Times it was played for less than 30 seconds" },
  },
);

export const kpiDaily = daily("kpi_daily", "one day", "Key figures of the service by day", ["event_date"], {
  events: { type: "long", doc: "Events of all kinds" },
  active_customers: { type: "long", doc: "Customers with any event" },
  free_customers: { type: "long", doc: "Customers with any event at level free" },
  sessions: { type: "long", doc: "Sessions with any event" },
  listens: { type: "long", doc: "Songs played" },
  listened_hours: { type: "double", doc: "Hours listened" },
  page_views: { type: "long", doc: "Page views" },
  logins: { type: "long", doc: "Log-ins granted" },
  failed_logins: { type: "long", doc: "Log-ins refused" },
  registrations: { type: "long", doc: "New customers" },
  upgrades: { type: "long", doc: "Changes from free to paid" },
  downgrades: { type: "long", doc: "Changes from paid to free" },
  cancellations: { type: "long", doc: "Customers who left" },
  conversion_rate: { type: "double", doc: "Upgrades per active customer who was free", nullable: true },
  churn_rate: { type: "double", doc: "Cancellations per active customer", nullable: true },
  purchases: { type: "long", doc: "Purchases attempted, approved or declined" },
  transactions: { type: "long", doc: "Approved purchases" },
  revenue: { type: "double", doc: "Sum of approved purchases, EUR, whole cents" },
  refund_amount: { type: "double", doc: "Sum of approved refunds, EUR, whole cents" },
  chargeback_amount: { type: "double", doc: "Sum of approved chargebacks, EUR, whole cents" },
  fraud_alerts: { type: "long", doc: "Purchases flagged as fraud" },
  fraud_rate: { type: "double", doc: "Flagged purchases per attempted purchase", nullable: true },
});

export const goldDimMerchants: Table = {
  name: "dim_merchants",
  layer: "gold",
  grain: "one merchant",
  doc: "Current state of each merchant, with lifetime figures and risk class",
  key: ["merchant_id"],
  storage: "whole",
  partitionedBy: null,
  freshness: "lifetime",
  columns: {
    merchant_id: { type: "string", doc: "The merchant" },
    name: { type: "string", doc: "Name" },
    category: { type: "string", doc: "What it sells" },
    country_code: { type: "string", doc: "ISO 3166 code" },
    commission_rate: { type: "double", doc: "Share of a sale that the service keeps" },
    transactions: { type: "long", doc: "Approved purchases, lifetime" },
    total_amount: { type: "double", doc: "Sum of approved purchases, EUR, whole cents" },
    chargebacks: { type: "long", doc: "Chargebacks, lifetime" },
    dispute_rate: { type: "double", doc: "Chargebacks per approved purchase; 0 without approved purchases" },
    fraud_alerts: { type: "long", doc: "Purchases flagged as fraud, lifetime" },
    risk: {
      type: "string",
      doc: "Risk class, by dispute rate and share of purchases flagged",
      allowed: ["low", "medium", "high"],
    },
  },
};

export const goldDimCustomers: Table = {
  name: "dim_customers",
  layer: "gold",
  grain: "one customer",
  doc: "Current state of each customer, with lifetime figures and risk class",
  key: ["customer_id"],
  storage: "whole",
  partitionedBy: null,
  freshness: "lifetime",
  columns: {
    customer_id: { type: "string", doc: "The customer" },
    first_name: { type: "string", doc: "First name", nullable: true },
    last_name: { type: "string", doc: "Last name", nullable: true },
    level: {
      type: "string",
      doc: "Current level; none after a cancellation",
      allowed: ["none", "free", "paid"],
    },
    registered_at: { type: "timestamp", doc: "When the customer registered", nullable: true },
    home_location_id: { type: "string", doc: "Where the customer lives", nullable: true },
    last_active_date: { type: "date", doc: "Last day with an event" },
    active_days: { type: "long", doc: "Days with an event" },
    listens: { type: "long", doc: "Songs played, lifetime" },
    listened_seconds: { type: "double", doc: "Time listened, seconds, lifetime" },
    transactions: { type: "long", doc: "Approved purchases, lifetime" },
    total_amount: { type: "double", doc: "Sum of approved purchases, EUR, whole cents" },
    fraud_alerts: { type: "long", doc: "Purchases flagged as fraud, lifetime" },
    risk: {
      type: "string",
      doc: "Risk class, by share of purchases flagged",
      allowed: ["low", "medium", "high"],
    },
  },
};

export const goldTables: readonly Table[] = [
  facts,
  fctFraudAlerts,
  fctDailySongPlays,
  kpiDaily,
  goldDimMerchants,
  goldDimCustomers,
];
