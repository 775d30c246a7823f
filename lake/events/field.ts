/** Type of an event's field. EventSim's types, bronze's schema and the docs all follow from it. */
export type FieldType = "string" | "int" | "double" | "boolean" | "timestamp" | "money";

/**
 * One field of an event as it travels in JSON.
 * `timestamp` is ISO 8601 with an offset from UTC; `money` is a JSON number with at most two decimals.
 */
export interface Field {
  readonly type: FieldType;
  readonly doc: string;
  /** The field may be absent or null. Without this, a record without the field goes to quarantine. */
  readonly optional?: true;
  /** The only values allowed (strings only). */
  readonly allowed?: readonly string[];
  /** Inclusive bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that both Java and JavaScript understand, matched against the whole string. */
  readonly pattern?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** One version of one topic's events. A later version may add optional fields and nothing else. */
export interface EventSchema {
  readonly version: number;
  /** What its topic holds. */
  readonly topicDoc: string;
  /** What one event means. */
  readonly doc: string;
  readonly fields: Fields;
}

interface ValueOf {
  string: string;
  int: number;
  double: number;
  boolean: boolean;
  timestamp: string;
  money: number;
}

type FieldValue<F extends Field> = F extends { allowed: readonly (infer A)[] } ? A : ValueOf[F["type"]];

/** The TypeScript type of an event of schema S. */
export type EventOf<S extends EventSchema> = {
  -readonly [K in keyof S["fields"] as S["fields"][K] extends { optional: true } ? never : K]: FieldValue<
    S["fields"][K]
  >;
} & {
  -readonly [K in keyof S["fields"] as S["fields"][K] extends { optional: true } ? K : never]?: FieldValue<
    S["fields"][K]
  >;
};
