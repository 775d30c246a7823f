import { authEvent, type AuthEvent } from "./auth";
import type { EventOf, EventSchema } from "./field";
import { listenEvent, type ListenEvent } from "./listen";
import { pageViewEvent, type PageViewEvent } from "./page-view";
import { statusChangeEvent, type StatusChangeEvent } from "./status-change";
import { transactionEvent, type TransactionEvent } from "./transaction";

/** The current schema of each event topic. */
export const eventSchemas = {
  listen_events: listenEvent,
  page_view_events: pageViewEvent,
  auth_events: authEvent,
  status_change_events: statusChangeEvent,
  transaction_events: transactionEvent,
} as const satisfies Record<string, EventSchema>;

export type EventTopic = keyof typeof eventSchemas;

export const eventTopics = Object.keys(eventSchemas) as EventTopic[];

/** The event type of each topic. */
export type Events = { [Topic in EventTopic]: EventOf<(typeof eventSchemas)[Topic]> };

export type { AuthEvent, ListenEvent, PageViewEvent, StatusChangeEvent, TransactionEvent };
