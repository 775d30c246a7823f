import { eventTopics } from "../../lake/events";
import type { Place } from "./places";

/** What a reader wants to follow: one record by its place in Kafka, or all records with an id. */
export type Wanted = Place | { readonly id: string };

const allowed = "an event_id, a customer_id, or topic/partition/offset, for example listen_events/0/42";
const longestId = 200;
/** Neither spaces nor characters that can't be seen. */
const idCharacters = /^[^\s\p{C}]+$/u;

/** @throws RangeError whose message says what was got and what is allowed */
export function readWanted(text: string): Wanted {
  const given = text.trim();
  if (!given.includes("/")) {
    if (given.length <= longestId && idCharacters.test(given)) return { id: given };
    throw new RangeError(
      `got ${given === "" ? "nothing" : `'${given.slice(0, longestId)}'`}, allowed: ${allowed}`,
    );
  }
  const [, topic, partition, offset] = /^([^/]+)\/(\d{1,9})\/(\d{1,15})$/.exec(given) ?? [];
  const known = eventTopics.find((name) => name === topic);
  if (topic !== undefined && known === undefined)
    throw new RangeError(`topic: got '${topic}', allowed: ${eventTopics.join(", ")}`);
  if (known === undefined) throw new RangeError(`got '${given.slice(0, longestId)}', allowed: ${allowed}`);
  return { topic: known, partition: Number(partition), offset: Number(offset) };
}
