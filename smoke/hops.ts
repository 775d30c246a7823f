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

/** The hops that must pass before this one is checked. When one of them does not, this hop is "not reached". */
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
  // Reads only Kafka's and bronze's own records, whatever became of the rows.
  loss: [],
  // The probe itself names the hop that fails: it only needs a Kafka to send to.
  probe: ["kafka"],
};
