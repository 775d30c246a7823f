import type { ExplainAnswer, Explained } from "../messages";
import { askServer } from "./ask-server";

/** Asks the server what a figure of gold is made of. `key` has the values of the table's key, in its order. */
export function explain(
  cell: { readonly table: string; readonly column: string; readonly key: readonly string[] },
  signal: AbortSignal,
): Promise<ExplainAnswer> {
  return askServer("/api/explain", cell, signal, isExplained);
}

function isExplained(value: object): value is Explained {
  return "addedUp" in value && "files" in value && "offsets" in value;
}
