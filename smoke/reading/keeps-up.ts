import { eventTopics } from "../../lake/events";
import type { Step } from "../../lake/layout";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";
import { observedIntervalSeconds } from "./observed-interval";
import { offsetsOf, type Progress } from "./progress";

/** How many intervals of a step its input may wait. */
const intervals = 10;
const leastSeconds = 120;

interface Waiting {
  readonly step: Step;
  readonly what: string;
  readonly sinceMs: number;
  readonly newest: string;
  readonly intervalSeconds: number | undefined;
}

/** Proves that nothing waits for a step longer than many of its intervals. Resolves with the longest wait. */
export async function keepsUp(lake: LakeUnderTest): Promise<string> {
  const progress = await lake.progress.read();
  const waiting = [
    ...(await forBronze(lake, progress)),
    ...forSilver(lake, progress),
    ...forGold(lake, progress),
    ...forServe(progress),
  ];
  const nowMs = Date.now();
  for (const { step, what, sinceMs, newest, intervalSeconds } of waiting) {
    const allowed = Math.max(leastSeconds, intervals * (intervalSeconds ?? 60));
    const seconds = Math.round((nowMs - sinceMs) / 1000);
    if (seconds > allowed)
      throw new Mismatch({
        expected: `${step} to take ${what} within ${allowed} s`,
        got: `it waits for ${seconds} s; ${newest}`,
        look: `the log of ${step}, and checkpoints/${step}`,
      });
  }
  const longest = Math.max(0, ...waiting.map(({ sinceMs }) => (nowMs - sinceMs) / 1000));
  return waiting.length === 0 ? "nothing waits" : `longest wait ${longest.toFixed(0)} s`;
}

function newestOf(name: string, committedAt: string | undefined): string {
  return committedAt === undefined ? `there is no ${name} yet` : `the newest ${name} is of ${committedAt}`;
}

async function forBronze(lake: LakeUnderTest, { bronze }: Progress): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const topic of eventTopics) {
    const read = offsetsOf(bronze, topic);
    const lagging = (await lake.kafka.offsets(topic)).flatMap(({ partition, first, next }) => {
      const from = Math.max(first, read.get(partition)?.until ?? first);
      return from < next ? [{ partition, from, records: next - from }] : [];
    });
    const wanted = new Map(lagging.map(({ partition, from }) => [partition, { from, until: from + 1 }]));
    for (const { partition, timestampMs } of await lake.kafka.read(topic, wanted)) {
      const records = lagging.find((one) => one.partition === partition)?.records;
      waiting.push({
        step: "bronze",
        what: `${records} records of ${topic} partition ${partition}`,
        sinceMs: timestampMs,
        newest: newestOf("batch", bronze.at(-1)?.committedAt),
        intervalSeconds: lake.options.triggerSeconds ?? observedIntervalSeconds(bronze),
      });
    }
  }
  return waiting;
}

function forSilver({ options }: LakeUnderTest, { bronze, silver }: Progress): Waiting[] {
  const through = silver.at(-1)?.bronzeThrough ?? -1;
  const oldest = bronze.find(({ batchId }) => batchId > through);
  if (!oldest) return [];
  return [
    {
      step: "silver",
      what: `bronze batch ${oldest.batchId}`,
      sinceMs: Date.parse(oldest.committedAt),
      newest: newestOf("run", silver.at(-1)?.committedAt),
      intervalSeconds: options.everySeconds ?? observedIntervalSeconds(silver),
    },
  ];
}

function forGold({ options }: LakeUnderTest, { silver, gold }: Progress): Waiting[] {
  const through = gold.at(-1)?.through.silver ?? -1;
  const oldest = silver.find(({ run }) => run > through);
  if (!oldest) return [];
  return [
    {
      step: "gold",
      what: `silver's run ${oldest.run}`,
      sinceMs: Date.parse(oldest.committedAt),
      newest: newestOf("run", gold.at(-1)?.committedAt),
      intervalSeconds: options.everySeconds ?? observedIntervalSeconds(gold),
    },
  ];
}

function forServe({ gold, serve }: Progress): Waiting[] {
  const through = serve.at(-1)?.goldRun ?? -1;
  const oldest = gold.find(({ run }) => run > through);
  if (!oldest) return [];
  return [
    {
      step: "serve",
      what: `gold's run ${oldest.run}`,
      sinceMs: Date.parse(oldest.committedAt),
      newest: newestOf("publish", serve.at(-1)?.committedAt),
      intervalSeconds: observedIntervalSeconds(gold),
    },
  ];
}
