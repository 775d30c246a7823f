import type { QueryResult } from "./query-client";

/** A value as text, as it is shown and saved. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  return JSON.stringify(value);
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV by RFC 4180. */
export function csvOf({ columns, rows }: QueryResult): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(valueText))];
  return lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
}
