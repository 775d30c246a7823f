import type { FollowAnswer } from "../messages";
import { askServer } from "./ask-server";

type Found = Extract<FollowAnswer, { readonly records: unknown }>;

/** Asks the server where a record is. */
export function followRecord(record: string, signal: AbortSignal): Promise<FollowAnswer> {
  return askServer("/api/follow", { record }, signal, isFound);
}

function isFound(value: object): value is Found {
  return "records" in value && Array.isArray(value.records) && "note" in value;
}
