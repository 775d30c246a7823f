import type { QueryAnswer } from "../messages";
import { askServer } from "./ask-server";

export type QueryResult = Extract<QueryAnswer, { readonly rows: unknown }>;

export function runQuery(sql: string, signal: AbortSignal): Promise<QueryAnswer> {
  return askServer("/api/query", { sql }, signal, isResult);
}

function isResult(value: object): value is QueryResult {
  return "rows" in value && Array.isArray(value.rows) && "columns" in value && Array.isArray(value.columns);
}
