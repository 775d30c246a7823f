import type { ChecksAnswer } from "../messages";
import { askServer } from "./ask-server";

type Started = Extract<ChecksAnswer, { readonly isNew: unknown }>;

/** Asks the server to run the smoke checks. */
export function startChecks(signal: AbortSignal): Promise<ChecksAnswer> {
  return askServer("/api/checks", {}, signal, isStarted);
}

function isStarted(value: object): value is Started {
  return "isNew" in value && typeof value.isNew === "boolean";
}
