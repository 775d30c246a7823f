import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Ledger } from "./ledger";
import type { RunOptions } from "./options";
import { plan } from "./plan";
import { showProgress } from "./progress";
import { run } from "./run";
import { FileSink } from "./sinks/file";
import { KafkaSink } from "./sinks/kafka";
import type { Sink } from "./sinks/sink";
import { StdoutSink } from "./sinks/stdout";

/** Prints one line for the user. */
type Say = (line: string) => void;

/** After a signal, waiting records must be sent within this time. */
const stopWithinMs = 4500;

function sourceName({ seed, shard, source }: RunOptions, from: number): string {
  const start = new Date(from).toISOString().replace(/[-:.]/g, "");
  return source ?? `eventsim-${seed}-${start}-${shard.part}of${shard.of}`;
}

function openSink(options: RunOptions, ledger: Ledger, say: Say, stop: () => void): Promise<Sink> | Sink {
  switch (options.sink) {
    case "kafka":
      return KafkaSink.connect({ brokers: options.kafka!, security: options.kafkaSecurity }, ledger, say);
    case "file":
      return new FileSink(options.file!, options.shard, ledger);
    case "stdout":
      return new StdoutSink(ledger, process.stdout, stop);
  }
}

/** Never resolves; rejects when records still wait too long after the signal. */
async function overdue(signal: AbortSignal, ledger: Ledger): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  await sleep(stopWithinMs, undefined, { ref: false });
  throw new Error(
    `stopped with records unsent: ${ledger.sent} were acknowledged, and the ledger may lack some`,
  );
}

async function sendAll(
  options: RunOptions,
  from: number,
  ledger: Ledger,
  stopping: AbortController,
  say: Say,
): Promise<void> {
  const { signal } = stopping;
  const stopped = once(signal, "abort").then(() => undefined);
  const opening = openSink(options, ledger, say, () => stopping.abort());
  const sink = await Promise.race([opening, stopped]);
  if (!sink) return;
  const { feed, pace, remarks } = plan(options, from, Date.now);
  for (const remark of remarks) say(remark);
  const stop = () => feed.stop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  // In real time the feed ends by itself: events from while Kafka was away must still be sent.
  const stopAfter = options.to === undefined ? undefined : options.for;
  const timer = stopAfter === undefined ? undefined : setTimeout(stop, stopAfter * 1000);
  const endProgress = options.progress ? showProgress(ledger, process.stdout) : undefined;
  await run(feed, pace, sink);
  clearTimeout(timer);
  await sink.close();
  endProgress?.();
}

/**
 * Runs EventSim to its end or until SIGTERM or SIGINT.
 * @param say prints one line for the user
 * @throws Error when records could not be sent
 */
export async function simulate(options: RunOptions, say: Say): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on("SIGTERM", stop).on("SIGINT", stop);
  const from = options.from ?? Date.now();
  const ledger = new Ledger(sourceName(options, from));
  await Promise.race([sendAll(options, from, ledger, stopping, say), overdue(stopping.signal, ledger)]);
  say(`sent ${ledger.sent.toLocaleString("en")} records as ${ledger.source}`);
}
