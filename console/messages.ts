import type { Hop } from "../smoke/hops";
import type { HopName } from "./flow/hop-names";

/** What the server sends to open pages, as server-sent events named like the keys of `Messages`. Times are milliseconds since 1970. */

export interface HopMessage {
  readonly name: HopName;
  /** Records since the lake began; null until the hops have been read for the first time. */
  readonly records: number | null;
  readonly perSecond: number;
  /** Records of the previous hop that this one does not have yet. */
  readonly lag: number;
  /** When this hop's newest record arrived in Kafka. */
  readonly newestMs: number | null;
  /** `waiting`: nothing has come here yet. `stalled`: it lags and has processed no record for a while, or its run failed. */
  readonly state: "waiting" | "flowing" | "idle" | "stalled";
  /** A sentence for `waiting` and `stalled`: what the hop waits for, or its error. */
  readonly why: string | null;
}

export interface FlowMessage {
  readonly atMs: number;
  readonly hops: readonly HopMessage[];
  readonly quarantine: { readonly records: number; readonly perSecond: number };
  /** Seconds from Kafka to a reader of ClickHouse; null before the first records. */
  readonly freshness: { readonly p50: number; readonly p95: number } | null;
  /** Whole sentences: records that were lost, topics that were created again, open transactions. */
  readonly warnings: readonly string[];
}

/** Of the last 15 minutes, oldest first. */
export interface HistoryMessage {
  readonly points: readonly {
    readonly atMs: number;
    /** By hop, in the order of the data. */
    readonly perSecond: readonly number[];
    readonly p95Seconds: number | null;
  }[];
}

/** A figure's SQL, for the reader to see and run. */
export type Sql = string;

export interface BusinessMessage {
  /** When the figures were published to ClickHouse; null before the first publish. */
  readonly asOfMs: number | null;
  /** Newest first, 14 at most. Money in EUR. */
  readonly days: readonly {
    readonly date: string;
    readonly revenue: number;
    readonly listens: number;
    readonly listenedHours: number;
    readonly activeCustomers: number;
    readonly freeCustomers: number;
    readonly registrations: number;
    /** Upgrades per active customer who was free, 0 to 1. */
    readonly conversionRate: number | null;
    readonly purchases: number;
    readonly fraudAlerts: number;
  }[];
  /** Of the newest day. */
  readonly songs: readonly {
    readonly title: string;
    readonly artist: string;
    readonly genre: string;
    readonly plays: number;
    readonly listeners: number;
  }[];
  readonly merchants: readonly {
    readonly name: string;
    readonly category: string;
    readonly revenue: number;
    readonly transactions: number;
    readonly risk: string;
  }[];
  /** Where customers live. */
  readonly cities: readonly {
    readonly city: string;
    readonly country: string;
    readonly customers: number;
    readonly listens: number;
    readonly revenue: number;
  }[];
  readonly sql: { readonly days: Sql; readonly songs: Sql; readonly merchants: Sql; readonly cities: Sql };
}

export interface FraudMessage {
  readonly asOfMs: number | null;
  readonly alerts: readonly {
    readonly eventId: string;
    readonly timeMs: number;
    readonly customerId: string;
    readonly merchant: string;
    readonly amount: number;
    readonly status: string;
    /** 0 to 1; a purchase is flagged from 0.5 on. */
    readonly score: number;
    /** Each rule that fired, with the values that made it fire. */
    readonly evidence: readonly {
      readonly rule: string;
      readonly values: Readonly<Record<string, string>>;
    }[];
  }[];
  /** Flagged purchases of the newest day by score, in steps of 0.05 from 0.5. */
  readonly scores: readonly { readonly from: number; readonly alerts: number }[];
  readonly rules: readonly { readonly rule: string; readonly alerts: number }[];
  readonly sql: { readonly alerts: Sql; readonly scores: Sql; readonly rules: Sql };
}

/** What the rules caught of the frauds that EventSim says it committed. Real producers tell no truth: then there is no such message. */
export interface TruthMessage {
  /** When the oldest of these frauds happened: older ones, and alerts from before it, are left out. */
  readonly sinceMs: number;
  readonly alerts: number;
  /** Alerts of purchases that are frauds. */
  readonly right: number;
  /** Frauds that ClickHouse would show if they were caught. */
  readonly frauds: number;
  readonly caught: number;
  readonly kinds: readonly { readonly kind: string; readonly frauds: number; readonly caught: number }[];
}

/** Where a corrected record is, who sent it and when. */
export interface Resent {
  /** `topic/partition/offset` */
  readonly record: string;
  readonly by: string;
  readonly atMs: number;
}

export interface QuarantineMessage {
  /** Since the lake began. */
  readonly topics: readonly { readonly topic: string; readonly accepted: number; readonly refused: number }[];
  /** Of the newest batches with refused records. */
  readonly reasons: readonly { readonly topic: string; readonly reason: string; readonly records: number }[];
  readonly newest: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly offset: number;
    readonly arrivedMs: number;
    readonly reason: string;
    /** The record's first bytes, base64; null for a record without a value. */
    readonly valueBase64: string | null;
    readonly bytes: number;
    /** The corrected record that was sent to Kafka in its place; null when nobody has sent one. */
    readonly resent: Resent | null;
  }[];
}

/** Something that a table reads. */
export interface MadeFrom {
  readonly name: string;
  /** `layer.table` of a table that the console shows; null for a topic, a catalogue, and tables that only the runs read. */
  readonly key: string | null;
  /** What a table that only the runs read is made from. */
  readonly madeFrom: readonly MadeFrom[];
}

export interface TablesMessage {
  readonly tables: readonly {
    readonly layer: "bronze" | "silver" | "gold";
    readonly name: string;
    /** Name in ClickHouse, where it can be queried; null for tables that are only on HDFS. */
    readonly clickhouse: string | null;
    readonly doc: string;
    readonly grain: string;
    readonly rows: number | null;
    readonly freshness: string;
    readonly madeFrom: readonly MadeFrom[];
    /** `layer.table` of each table that reads it. */
    readonly readBy: readonly string[];
    readonly key: readonly string[];
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly doc: string;
      /** Whether `POST /api/explain` follows its figures to their rows. */
      readonly isExplained: boolean;
    }[];
  }[];
}

export interface CheckMessage {
  readonly hop: Hop;
  readonly name: string;
  readonly status: "passed" | "failed" | "not-reached";
  readonly seconds: number;
  /** Its main figure when it passed; otherwise what was expected, what was found and where to look. */
  readonly text: string;
  readonly atMs: number;
}

/** The smoke checks: the newest run, and the last outcome of each check. */
export interface ChecksMessage {
  readonly isRunning: boolean;
  /** Of the newest run; null before the first. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  /** Why the run could not be brought to its end. */
  readonly error: string | null;
  /** How many checks a run has. */
  readonly declared: number;
  /** In the order of the hops. */
  readonly checks: readonly CheckMessage[];
}

export interface TableState {
  /** `right`: its newest run succeeded, it keeps up, and the smoke checks found its rows to be right. */
  readonly state: "right" | "unknown" | "wrong";
  /** A whole sentence, or a check's message. */
  readonly why: string;
  /** When the checks looked; null when something else decided. */
  readonly atMs: number | null;
}

export interface StatesMessage {
  /** By `layer.table`. */
  readonly tables: Readonly<Record<string, TableState>>;
}

export interface Messages {
  readonly flow: FlowMessage;
  readonly history: HistoryMessage;
  readonly business: BusinessMessage;
  readonly fraud: FraudMessage;
  readonly truth: TruthMessage;
  readonly quarantine: QuarantineMessage;
  readonly tables: TablesMessage;
  readonly checks: ChecksMessage;
  readonly states: StatesMessage;
}

/** Answer to `POST /api/checks`: whether a run has begun, or one was under way already. */
export type ChecksAnswer = { readonly isNew: boolean } | { readonly error: string };

/**
 * Answer to `POST /api/resend` with the place of a refused record and the corrected `value`. `isNew` is false when it had been sent
 * before, by anybody: it is not sent twice.
 */
export type ResendAnswer = (Resent & { readonly isNew: boolean }) | { readonly error: string };

/**
 * Answer to `POST /api/explain` with `{ table, column, key }`: a figure of gold as ClickHouse and the snapshot have it, and added up
 * again from the rows that it is made of. An error has HTTP status 400.
 */
export type ExplainAnswer = Explained | { readonly error: string };

export interface Explained {
  /** `gold.facts` */
  readonly table: string;
  readonly column: string;
  readonly doc: string;
  readonly key: readonly { readonly name: string; readonly value: string }[];
  /** Null where there is no such row. */
  readonly clickhouse: number | null;
  readonly snapshot: number | null;
  readonly addedUp: number;
  readonly isEqual: boolean;
  readonly isMoney: boolean;
  /** When the run of gold that all of this is about was committed. */
  readonly asOfMs: number;
  readonly note: string | null;
  /** The table that holds the rows: `silver.fct_transactions`. */
  readonly silver: string;
  readonly rows: number;
  /** Files on HDFS with the most of these rows. */
  readonly files: readonly { readonly path: string; readonly rows: number }[];
  /** By partition, the first and the last offset of these rows; empty for rows that keep no offsets. */
  readonly offsets: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly rows: number;
    readonly first: number;
    readonly last: number;
  }[];
  /** The first and the last batch of bronze that read them; null without rows. */
  readonly batches: { readonly first: number; readonly last: number } | null;
  /** A query that shows the rows. */
  readonly sql: Sql;
}

/** Where a record is, or why it is not there. */
export interface FollowStop {
  readonly hop: HopName;
  /** `refused`: the hop looked at it and left it out. `missing`: it should be there. */
  readonly state: "there" | "refused" | "waiting" | "missing";
  /** A whole sentence. */
  readonly text: string;
  readonly atMs: number | null;
  /** Path on HDFS of the file that holds it. */
  readonly file: string | null;
  /** A query that shows it. */
  readonly sql: Sql | null;
}

export interface FollowedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Null for a record that bronze refused. */
  readonly eventId: string | null;
  readonly customerId: string | null;
  readonly eventMs: number | null;
  /** The record's first bytes, base64; null for a record without a value. */
  readonly valueBase64: string | null;
  /** In the order of the data. */
  readonly stops: readonly FollowStop[];
}

/**
 * Answer to `POST /api/follow` with `{ "record": … }`, an event_id, a customer_id or topic/partition/offset. `note` says in
 * a sentence what was found. An error has HTTP status 400.
 */
export type FollowAnswer =
  { readonly note: string; readonly records: readonly FollowedRecord[] } | { readonly error: string };

/** Answer to `POST /api/query` with `{ "sql": … }`; an error has HTTP status 400 and ClickHouse's message. */
export type QueryAnswer =
  | {
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly rows: readonly (readonly unknown[])[];
      readonly seconds: number;
      /** There are more rows or longer values than those shown. */
      readonly isCut: boolean;
    }
  | { readonly error: string };
