import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Feed } from "./feed";
import type { Pace } from "./pace";
import type { EventRecord } from "./record";
import type { Sink } from "./sinks/sink";

const chunkRecords = 500;
const tickMs = 50;

function ready(feed: Feed, pace: Pace): EventRecord[] {
  const records: EventRecord[] = [];
  while (records.length < chunkRecords && (feed.over || pace(feed))) {
    const record = feed.next();
    if (!record) break;
    records.push(record);
  }
  return records;
}

/** Sends all of a feed's records at its pace. Copies that are still waiting after the last event are sent at once. */
export async function run(feed: Feed, pace: Pace, sink: Sink): Promise<void> {
  while (feed.due < Infinity) {
    const records = ready(feed, pace);
    if (records.length > 0) await sink.write(records);
    if (records.length === chunkRecords) await setImmediate();
    else if (feed.due < Infinity) await sleep(tickMs);
  }
}
