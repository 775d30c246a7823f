import { eventSchemas, type EventTopic } from "../../../lake/events";
import type { Field } from "../../../lake/events/field";
import type { Draft } from "../customers/customer";

/** The ways in which a record's value can be malformed. */
export const malformedKinds = [
  "truncated_json",
  "wrong_type",
  "missing_field",
  "invalid_utf8",
  "empty",
  "tombstone",
  "not_allowed",
  "oversized",
] as const;

export type MalformedKind = (typeof malformedKinds)[number];

/** An oversized value is 2,000 times as large as the others; only one of 200 malformed values is, to limit the volume. */
const oversizedShare = 0.005;
const oversizedBytes = 900_000;

const requiredFields = new Map<EventTopic, [string, Field][]>(
  (Object.keys(eventSchemas) as EventTopic[]).map((topic) => [
    topic,
    Object.entries<Field>(eventSchemas[topic].fields).filter(([, field]) => !field.optional),
  ]),
);

/** @param draw uniform in [0, 1) */
export function malformedKind(draw: number): MalformedKind {
  if (draw < oversizedShare) return "oversized";
  const others = malformedKinds.filter((kind) => kind !== "oversized");
  return others[Math.floor(((draw - oversizedShare) / (1 - oversizedShare)) * others.length)]!;
}

function chosen<T>(items: readonly T[], draw: number): T {
  return items[Math.floor(draw * items.length)]!;
}

function fieldsOf(topic: EventTopic, suits: (field: Field) => boolean): string[] {
  return (requiredFields.get(topic) ?? []).filter(([, field]) => suits(field)).map(([name]) => name);
}

/** The text with the first byte of a field's value replaced by the start of an incomplete UTF-8 character. */
function withInvalidByte(event: object, field: string): Buffer {
  const text = JSON.stringify(event);
  const opening = `"${field}":"`;
  const bytes = Buffer.from(text);
  bytes[Buffer.byteLength(text.slice(0, text.indexOf(opening) + opening.length))] = 0xc3;
  return bytes;
}

/**
 * A malformed value, made from an event.
 * @param draw uniform in [0, 1): which field, or where it is cut
 */
export function malformedValue({ topic, event }: Draft, kind: MalformedKind, draw: number): Buffer | null {
  const text = () => JSON.stringify(event);
  switch (kind) {
    case "truncated_json":
      return Buffer.from(text().slice(0, 1 + Math.floor(draw * (text().length - 1))));
    case "wrong_type": {
      const field = chosen(
        fieldsOf(topic, ({ type }) => type !== "string" && type !== "timestamp"),
        draw,
      );
      return Buffer.from(JSON.stringify({ ...event, [field]: "not-a-number" }));
    }
    case "missing_field": {
      const field = chosen(
        fieldsOf(topic, () => true),
        draw,
      );
      return Buffer.from(JSON.stringify({ ...event, [field]: undefined }));
    }
    case "invalid_utf8":
      return withInvalidByte(event, chosen(["event_id", "device_id", "location_id"], draw));
    case "empty":
      return Buffer.alloc(0);
    case "tombstone":
      return null;
    case "not_allowed": {
      const field = chosen(
        fieldsOf(topic, ({ allowed }) => allowed !== undefined),
        draw,
      );
      return Buffer.from(JSON.stringify({ ...event, [field]: "bogus" }));
    }
    case "oversized":
      return Buffer.from(JSON.stringify({ ...event, padding: "x".repeat(oversizedBytes) }));
  }
}
