import { eventSchemas, type EventTopic } from "../../../lake/events";
import type { Field } from "../../../lake/events/field";

let made = 0;

function value(field: Field): unknown {
  if (field.allowed) return field.allowed[0];
  if (field.type === "timestamp") return "2026-01-31T12:00:00.000Z";
  if (field.type === "boolean") return true;
  if (field.type === "money") return 9.9;
  if (field.type === "string") return "x";
  return field.min ?? 1;
}

/** A well-formed event with its required fields and its own id; `changes` replace or add fields. */
export function event(topic: EventTopic, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const required = Object.entries<Field>(eventSchemas[topic].fields).filter(([, field]) => !field.optional);
  made += 1;
  return {
    ...Object.fromEntries(required.map(([name, field]) => [name, value(field)])),
    event_id: `e-${made}`,
    ...changes,
  };
}

export function text(topic: EventTopic, changes: Record<string, unknown> = {}): string {
  return JSON.stringify(event(topic, changes));
}
