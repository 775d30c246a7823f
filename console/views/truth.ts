import { z } from "zod";
import type { KafkaClient, KafkaRecord, WantedOffsets } from "../../jobs/kafka/client";
import { fraudKinds, fraudTruth, type FraudKind } from "../../lake/fraud";
import { clickhouseDatabase, importedTable } from "../../lake/tables";
import { fctFraudAlerts } from "../../lake/tables/gold";
import { fraudTruthTopic } from "../../lake/topics";
import type { Sql } from "../../smoke/reading/sql";
import type { TruthMessage } from "../messages";

/** Frauds that are kept, the newest; older ones are left out of the comparison, like alerts from before them. */
const mostFrauds = 20_000;
const secondsBetweenReads = 60;
/** Records of one moment may be read by two batches. */
const settledMs = 5_000;

interface Fraud {
  readonly kind: FraudKind;
  readonly arrivedMs: number;
  readonly eventMs: number;
}

const alert = z.object({ id: z.string() });

/** Compares gold's alerts with the frauds that EventSim says it committed, where it runs. */
export class Truth {
  private readonly frauds = new Map<string, Fraud>();
  private readonly next = new Map<number, number>();
  private readAtMs = 0;

  constructor(
    private readonly kafka: KafkaClient,
    private readonly reader: Sql,
  ) {}

  /**
   * @param newestMs when the newest record that ClickHouse shows arrived: only frauds from before can have been caught
   * @returns null where nobody tells the truth
   */
  async compare(newestMs: number): Promise<TruthMessage | null> {
    await this.readNew();
    if (this.frauds.size === 0) return null;
    const sinceMs = Math.min(...[...this.frauds.values()].map(({ eventMs }) => eventMs));
    const alerts = await this.reader.rows(
      `SELECT event_id AS id FROM ${clickhouseDatabase}.${importedTable(fctFraudAlerts)}
       WHERE event_time >= fromUnixTimestamp64Milli(toInt64(${sinceMs})) ORDER BY event_time DESC LIMIT ${mostFrauds}`,
      alert,
    );
    const flagged = new Set(alerts.map(({ id }) => id));
    const known = [...this.frauds].filter(([, { arrivedMs }]) => arrivedMs < newestMs - settledMs);
    const caught = (frauds: typeof known) => frauds.filter(([id]) => flagged.has(id)).length;
    return {
      sinceMs,
      alerts: flagged.size,
      // An alert may be of a fraud that is too new to be asked for in `frauds`.
      right: [...flagged].filter((id) => this.frauds.has(id)).length,
      frauds: known.length,
      caught: caught(known),
      kinds: fraudKinds.map((kind) => {
        const own = known.filter(([, fraud]) => fraud.kind === kind);
        return { kind, frauds: own.length, caught: caught(own) };
      }),
    };
  }

  private async readNew(): Promise<void> {
    if (Date.now() - this.readAtMs < secondsBetweenReads * 1000) return;
    if (!(await this.kafka.topics()).has(fraudTruthTopic)) return;
    const partitions = await this.kafka.offsets(fraudTruthTopic);
    const wanted: WantedOffsets = new Map(
      partitions.map(({ partition, first, next }) => {
        const from = Math.max(first, this.next.get(partition) ?? next - mostFrauds);
        return [partition, { from, until: next }];
      }),
    );
    for (const record of await this.kafka.read(fraudTruthTopic, wanted)) this.add(record);
    for (const [partition, { until }] of wanted) this.next.set(partition, until);
    const oldest = [...this.frauds.keys()].slice(0, Math.max(0, this.frauds.size - mostFrauds));
    for (const id of oldest) this.frauds.delete(id);
    this.readAtMs = Date.now();
  }

  private add({ value, timestampMs }: KafkaRecord): void {
    const told = fraudTruth.safeParse(parsed(value));
    if (!told.success) return;
    const { event_id, kind, event_time } = told.data;
    this.frauds.set(event_id, { kind, arrivedMs: timestampMs, eventMs: Date.parse(event_time) });
  }
}

function parsed(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
