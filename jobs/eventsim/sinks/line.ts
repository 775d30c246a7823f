import { isUtf8 } from "node:buffer";
import type { EventRecord } from "../record";

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/**
 * One record as one line of JSON: `{"key":…,"value":…}`. A value that is a JSON object is copied byte for byte; a
 * tombstone is `null`; any other bytes are under `"base64"` instead of `"value"`.
 * @param first members to put before the key, e.g. `"topic":"listen_events",`
 */
export function toLine(record: Pick<EventRecord, "key" | "value">, first = ""): string {
  const { key, value } = record;
  const opening = `{${first}"key":"${key}",`;
  if (value === null) return `${opening}"value":null}\n`;
  if (typeof value === "string") return `${opening}"value":${value}}\n`;
  const text = isUtf8(value) ? value.toString("utf8") : "";
  return isJsonObject(text)
    ? `${opening}"value":${text}}\n`
    : `${opening}"base64":"${value.toString("base64")}"}\n`;
}

const valueOpening = /^\{"key":"[^"]*","value":/;

/** The bytes of a line's value; null for a tombstone. */
export function valueOfLine(line: string): Buffer | null {
  const row = JSON.parse(line) as { value?: object | null; base64?: string };
  if (row.base64 !== undefined) return Buffer.from(row.base64, "base64");
  if (row.value === null) return null;
  return Buffer.from(line.replace(valueOpening, "").slice(0, -1));
}
