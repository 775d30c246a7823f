import type { QueryAnswer } from "../messages";

export type QueryResult = Extract<QueryAnswer, { readonly rows: unknown }>;

/** Sends the query to the server; any failure becomes an `error` in its source's own words. */
export async function runQuery(sql: string, signal: AbortSignal): Promise<QueryAnswer> {
  try {
    const response = await fetch("/api/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ sql }),
      signal,
    });
    const text = await response.text();
    return readAnswer(text) ?? { error: `HTTP status ${response.status}: ${text.slice(0, 2000)}` };
  } catch (error) {
    if (signal.aborted) return { error: "Cancelled." };
    return {
      error: `The console's server did not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function readAnswer(text: string): QueryAnswer | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isAnswer(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isAnswer(value: unknown): value is QueryAnswer {
  if (typeof value !== "object" || value === null) return false;
  if ("error" in value) return typeof value.error === "string";
  return "rows" in value && Array.isArray(value.rows) && "columns" in value && Array.isArray(value.columns);
}
