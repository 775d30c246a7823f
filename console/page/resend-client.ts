import type { ResendAnswer } from "../messages";
import { askServer } from "./ask-server";

type Sent = Extract<ResendAnswer, { readonly isNew: unknown }>;

export interface Correction {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** Asks the server to send a corrected record to Kafka. */
export function sendAgain(correction: Correction, signal: AbortSignal): Promise<ResendAnswer> {
  return askServer("/api/resend", correction, signal, isSent);
}

function isSent(value: object): value is Sent {
  return "isNew" in value && "record" in value && "by" in value && "atMs" in value;
}
