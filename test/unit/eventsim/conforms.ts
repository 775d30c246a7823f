import { isUtf8 } from "node:buffer";
import { eventSchemas, type EventTopic } from "../../../lake/events";
import type { Field } from "../../../lake/events/field";
import { maxValueBytes } from "../../../lake/limits";

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function typeFits({ type }: Field, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "timestamp":
      return typeof value === "string" && iso.test(value) && !Number.isNaN(Date.parse(value));
    case "int":
      return Number.isInteger(value);
    case "double":
      return typeof value === "number";
    case "money":
      return typeof value === "number" && /^\d+(\.\d{1,2})?$/.test(String(value));
  }
}

function fieldFits(field: Field, value: unknown): boolean {
  if (value === undefined || value === null) return field.optional === true;
  if (!typeFits(field, value)) return false;
  if (typeof value === "string") {
    if (field.allowed && !field.allowed.includes(value)) return false;
    if (field.pattern && !new RegExp(`^(?:${field.pattern})$`).test(value)) return false;
  }
  return typeof value !== "number" || (value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity));
}

/** Violations of the topic's schema in a record's value; empty if there are none. */
export function violations(topic: EventTopic, value: Buffer | null): string[] {
  if (value === null || value.length === 0) return ["no value"];
  if (value.length > maxValueBytes) return ["too large"];
  if (!isUtf8(value)) return ["not UTF-8"];
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(value.toString()) as Record<string, unknown>;
  } catch {
    return ["not JSON"];
  }
  const fields: Readonly<Record<string, Field>> = eventSchemas[topic].fields;
  const unfit = Object.entries(fields).filter(([name, field]) => !fieldFits(field, event[name]));
  const unknown = Object.keys(event).filter((name) => !(name in fields));
  return [...unfit.map(([name]) => name), ...unknown.map((name) => `unknown ${name}`)];
}
