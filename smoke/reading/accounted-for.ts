import type { EventTopic } from "../../lake/events";
import type { BronzeCommit } from "../../lake/records";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";
import { landedBySource, type Landed } from "./landed-by-source";
import { countsBySource, readLedger, type LedgerCounts } from "./ledger";
import { lostRecords, saidOfLost } from "./lost-records";
import { offsetsOf } from "./progress";

const nothingLanded: Landed = { bronze: 0, inTime: 0, quarantine: 0 };

/**
 * Reconciles one topic's layers with what its sources say they sent. Counts must be equal when a source has ended and
 * bronze has read to Kafka's end; while records are on their way they must be within bounds. Resolves with what was
 * reconciled.
 */
export async function accountedFor(lake: LakeUnderTest, topic: EventTopic): Promise<string> {
  // The ledger first: Kafka had acknowledged what it counts before the offsets are read.
  const ledger = await readLedger(lake);
  const { bronze } = await lake.progress.read();
  const lag = await recordsNotRead(lake, topic, bronze);
  const lost = lostRecords(bronze, topic);
  const landed = await landedBySource(lake, topic);
  const sums = countsBySource(ledger, topic);
  let sent = 0;
  const live: string[] = [];
  for (const [source, counts] of sums) {
    const ended = ledger.ended.has(source);
    if (!ended) live.push(source);
    sent += counts.good + counts.malformed + counts.duplicate;
    requireAccounted({
      lake,
      topic,
      source,
      counts,
      landed: landed.get(source) ?? nothingLanded,
      lag,
      lost,
      ended,
    });
  }
  const { newestSource } = ledger;
  if (lake.options.settled && newestSource !== undefined && !ledger.ended.has(newestSource))
    throw new Mismatch({
      expected: `the ledger to say that ${newestSource} has ended: only then its counts are complete`,
      got: "no end of it",
      look: "EventSim's log and topic eventsim_ledger",
    });
  const unnamed = [...landed].filter(([source]) => !sums.has(source));
  const others = unnamed.reduce((sum, [, { bronze, quarantine }]) => sum + bronze + quarantine, 0);
  return [
    `${sent} records`,
    ...(live.length > 0 ? [`at most: ${live.join(", ")} still sends or was cut off`] : []),
    ...(lag > 0 ? [`${lag} on their way`] : []),
    ...saidOfLost(lost),
    ...(others > 0
      ? [
          `${others} more of ${unnamed.map(([source]) => source || "producers without a name").join(", ")}, which keep no ledger`,
        ]
      : []),
  ].join("; ");
}

async function recordsNotRead(
  lake: LakeUnderTest,
  topic: EventTopic,
  bronze: readonly BronzeCommit[],
): Promise<number> {
  const offsets = await lake.kafka.offsets(topic);
  const read = offsetsOf(bronze, topic);
  return offsets.reduce((sum, { partition, first, next }) => {
    const until = read.get(partition)?.until ?? first;
    return sum + Math.max(0, next - Math.max(until, first));
  }, 0);
}

interface Account {
  readonly lake: LakeUnderTest;
  readonly topic: EventTopic;
  readonly source: string;
  readonly counts: LedgerCounts;
  readonly landed: Landed;
  /** Records of the topic that bronze has not read. */
  readonly lag: number;
  /** Records of it that Kafka had deleted before bronze read them; the hop `loss` reports them. */
  readonly lost: number;
  readonly ended: boolean;
}

function requireAccounted({ lake, topic, source, counts, landed, lag, lost, ended }: Account): void {
  const lines = [
    { layer: "bronze", said: counts.good + counts.duplicate, as: "good and duplicate", got: landed.bronze },
    { layer: "quarantine", said: counts.malformed, as: "malformed", got: landed.quarantine },
    { layer: "silver", said: counts.good - counts.tooLate, as: "good and in time", got: landed.inTime },
  ];
  for (const { layer, said, as, got } of lines) {
    const tooFew = got + lag + lost < said;
    const tooMany = ended && got > said;
    if (!tooFew && !tooMany) continue;
    const bound = ended && lag === 0 ? "" : ended ? `at most ` : `at least `;
    throw new Mismatch({
      expected: `${bound}${said} records of ${topic} from ${source} for ${layer}: so many were ${as} by its ledger`,
      got: `${got}${lag > 0 ? `, with ${lag} records on their way` : ""}`,
      look: `topic eventsim_ledger, and ${lake.layout.raw(layer === "quarantine" ? "quarantine" : "bronze", topic)} by header source`,
    });
  }
}
