/** ISO 4217 codes that a transaction may be in. */
export const currencies = ["EUR", "USD", "GBP", "SEK", "JPY", "BRL"] as const;

export type Currency = (typeof currencies)[number];

/** The currency that silver and gold convert amounts to. */
export const lakeCurrency: Currency = "EUR";
