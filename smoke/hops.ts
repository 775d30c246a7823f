/** The hops of the data, in the order in which they are checked, then what is checked across them. */
export const hops = [
  "kafka",
  "bronze",
  "quarantine",
  "silver",
  "gold",
  "zero-copy",
  "imported",
  "agreement",
  "ledger",
  "freshness",
  "loss",
  "probe",
] as const;

export type Hop = (typeof hops)[number];

/** Hops that must be sound for a check of this one to mean anything. When one of them is not, it is not reached. */
export const neededHops: Record<Hop, readonly Hop[]> = {
  kafka: [],
  bronze: ["kafka"],
  quarantine: ["kafka"],
  silver: ["bronze"],
  gold: ["silver"],
  "zero-copy": ["gold"],
  imported: ["gold"],
  agreement: ["zero-copy", "imported"],
  ledger: ["bronze", "quarantine", "silver"],
  freshness: ["imported"],
  // Kafka and bronze's own records say it, whatever became of the rows.
  loss: [],
  // The probe names the hop that fails itself: it needs no more than something to send to.
  probe: ["kafka"],
};
