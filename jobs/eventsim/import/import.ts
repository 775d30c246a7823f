import type { ImportOptions } from "../options";
import { eventOfLine, type ImportedEvent } from "./event-of-line";
import { kafkaOutlet, linesOutlet, type Outlet } from "./outlets";
import { daysUpTo, readLines } from "./read-lines";
import { Tally } from "./tally";

const chunkEvents = 500;
const sayEveryMs = 2000;

/** Limits `say` to a line now and then. */
function everySoOften(say: (line: string) => void): (line: () => string) => void {
  let saidAt = Date.now();
  return (line) => {
    if (Date.now() - saidAt < sayEveryMs) return;
    saidAt = Date.now();
    say(line());
  };
}

async function send(
  options: ImportOptions,
  shiftDays: number,
  outlet: Outlet,
  tally: Tally,
  say: (line: string) => void,
) {
  const sayNowAndThen = everySoOften(say);
  let waiting: ImportedEvent[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    await outlet.write(waiting);
    const now = Date.now();
    for (const event of waiting) tally.countEvent(event, now);
    waiting = [];
  };
  for await (const { place, line } of readLines(options.files)) {
    if (outlet.isClosed) return;
    tally.read++;
    if ("unreadable" in line) {
      tally.countUnreadable(place, line.unreadable);
      continue;
    }
    const outcome = eventOfLine(line, shiftDays);
    if ("leftOut" in outcome) tally.countLeftOut(outcome.leftOut);
    else waiting.push(outcome);
    if (waiting.length === chunkEvents) await flush();
    sayNowAndThen(() => tally.soFar);
  }
  await flush();
}

/**
 * Sends lines of eventsim or Sparkify as the lake's events, and reports what became of the lines.
 * @param say prints one line for the user
 * @returns whether every line was a line of eventsim
 * @throws Error when a file can't be read or holds no line of eventsim, or when Kafka accepts no events
 */
export async function importFiles(options: ImportOptions, say: (line: string) => void): Promise<boolean> {
  const shiftDays = options.shiftDays ?? (await daysUpTo(Date.now(), readLines(options.files)));
  say(`times are moved by ${shiftDays} days`);
  const outlet =
    options.sink === "kafka"
      ? await kafkaOutlet({ brokers: options.kafka!, security: options.kafkaSecurity }, (reason) =>
          say(`Kafka ${options.kafka} does not answer (${reason}); it is tried again`),
        )
      : linesOutlet(process.stdout);
  const tally = new Tally();
  try {
    await send(options, shiftDays, outlet, tally, say);
  } finally {
    await outlet.close();
    for (const line of tally.summary()) say(line);
  }
  return tally.unreadable === 0;
}
