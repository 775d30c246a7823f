import { z } from "zod";
import { eventTopics } from "../lake/events";
import { goldTables, importedTable, zeroCopyTable } from "../lake/tables";
import { checkResult } from "./outcome";

/** A figure, or null when the component that knows it did not answer. */
const figure = z.number().nullable();

const topicFigures = z.object({
  /** All records that the sources say they sent; then how many of them were of each kind. */
  sent: figure,
  malformed: figure,
  duplicates: figure,
  late: figure,
  /** Records in Kafka now, and rows in each layer. */
  kafka: figure,
  bronze: figure,
  quarantine: figure,
  silver: figure,
});

const tableFigures = z.object({ rows: figure });
/** `totalAmount` in EUR, exact to the cent. */
const moneyFigures = tableFigures.extend({ totalAmount: figure });
const perTable = (names: readonly string[], figures: z.ZodType) =>
  Object.fromEntries(names.map((name) => [name, figures]));
const withoutFacts = goldTables.filter(({ name }) => name !== "facts");

/** The column of a gold table with a total of money sold, in EUR; undefined when it has none. */
export function moneyColumn({ columns }: { columns: object }): "total_amount" | "revenue" | undefined {
  return (["total_amount", "revenue"] as const).find((name) => name in columns);
}

const served = Object.fromEntries(
  goldTables.flatMap((table) => {
    const figures = moneyColumn(table) ? moneyFigures : tableFigures;
    return [importedTable(table), zeroCopyTable(table)].map((name) => [name, figures] as const);
  }),
);

/** The report on a run of the lake, as `npm start -- --for … --report` writes it. */
export const reportSchema = z.object({
  /** Every check passed. */
  ok: z.boolean(),
  topics: z.record(z.enum(eventTopics), topicFigures),
  /** The newest snapshot of gold. */
  gold: z.object({
    facts: moneyFigures.extend({ transactions: figure }),
    ...perTable(
      withoutFacts.map(({ name }) => name),
      tableFigures,
    ),
  }),
  /** Both paths of every gold table. */
  clickhouse: z.object(served),
  /** Seconds from the arrival in Kafka to the imported table. */
  freshnessSeconds: z.object({ p50: figure, p95: figure, max: figure }),
  /** The same by minute of arrival in Kafka. */
  freshnessByMinute: z.array(z.object({ minute: z.string(), p50: z.number(), p95: z.number() })),
  /** 95th percentile of the seconds from each hop to the next. */
  delayByHop: z.object({ bronze: figure, silver: figure, gold: figure, clickhouse: figure }),
  /** Seconds from `npm start` to the first gold row in ClickHouse. */
  secondsToFirstGold: figure,
  /** The most memory that all processes held at once, in bytes. */
  peakMemoryBytes: figure,
  checks: z.array(checkResult),
});

export type Report = z.infer<typeof reportSchema>;
