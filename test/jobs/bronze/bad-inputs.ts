import { maxTextCharacters, maxValueBytes } from "../../../lake/limits";
import { event, text } from "./events";

const listen = "listen_events";
const good = text(listen);

function without(name: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(event(listen)).filter(([key]) => key !== name)));
}

function bytes(before: string, wrong: readonly number[], after: string): Buffer {
  return Buffer.concat([Buffer.from(before), Buffer.from(wrong), Buffer.from(after)]);
}

const [head = "", tail = ""] = good.split('"song_id":"x"');

/** What is sent to listen_events, and the reason that quarantine must give for it. */
export const badListens: readonly (readonly [what: string, value: string | Buffer | null, reason: string])[] =
  [
    ["a tombstone", null, "the value is null (a tombstone)"],
    ["an empty value", "", "the value is empty"],
    ["white space", " \n\t ", "the value is empty (white space only)"],
    [
      "900 KB",
      text(listen, { more: "x".repeat(900_000) }),
      `the value is larger than ${maxValueBytes} bytes (got `,
    ],
    ["invalid UTF-8", bytes(`${head}"song_id":"`, [0xc3, 0x28], `"${tail}`), "the value is not valid UTF-8"],
    ["a surrogate in UTF-8", bytes(`${head}"song_id":"`, [0xed, 0xa0, 0x80], `"${tail}`), "not valid UTF-8"],
    ["a byte order mark", `\ufeff${good}`, "the value is not JSON: it starts with a byte order mark"],
    ["JSON that is cut off", good.slice(0, 100), "the value is not JSON: it is cut off"],
    ["a trailing word", `${good} x`, "the value is not JSON: something follows the first JSON value"],
    ["two events", good + good, "the value is not JSON: something follows the first JSON value"],
    ["an event that closes its wrapping", `${good}],[{}`, "the value is not JSON"],
    ["text", "hello", "the value is not JSON"],
    ["a trailing comma", `${good.slice(0, -1)},}`, "the value is not JSON"],
    ["30,000 brackets", "[".repeat(30_000), "the value is not JSON"],
    ["NaN", good.replace('"listened_ms":0', '"listened_ms":NaN'), "the value is not JSON"],
    [
      "a field twice",
      good.replace("{", '{"level":"free",'),
      "the value is not valid JSON: a field occurs twice",
    ],
    ["half a surrogate pair", `${head}"song_id":"\\ud800"${tail}`, "half a pair"],
    ["a control character", `${head}"song_id":"a\u0001b"${tail}`, "a character that must be escaped"],
    ["an array", `[${good}]`, "the value is not a JSON object, but an array"],
    ["null", "null", "the value is not a JSON object, but null"],
    ["a number", "5", "the value is not a JSON object, but a number"],
    ["an empty object", "{}", "event_id is missing"],
    [
      "a line of the original eventsim",
      '{"ts":1541105830796,"userId":"30","sessionId":38,"page":"NextSong","song":"Rockpools","artist":"Martha Tilston"}',
      "event_id is missing: this is a line of the original eventsim or of Sparkify; docs/importing.md says how such lines are sent",
    ],
    ["a missing field", without("song_id"), "song_id is missing"],
    ["a null", text(listen, { level: null }), "level is null, allowed: a string"],
    ["a number for text", text(listen, { customer_id: 5 }), "customer_id is 5, allowed: a string"],
    ["an object for text", text(listen, { song_id: { a: 1 } }), 'song_id is {"a":1}, allowed: a string'],
    ["text for a number", text(listen, { listened_ms: "5" }), 'listened_ms is "5", allowed: a whole number'],
    ["a fraction", text(listen, { listened_ms: 5.5 }), "listened_ms is 5.5, allowed: a whole number"],
    ["a number below", text(listen, { listened_ms: -1 }), "listened_ms is -1, allowed: at least 0"],
    ["a number above", text(listen, { listened_ms: 86_400_001 }), "allowed: at most 86400000"],
    ["a number of 400 digits", good.replace('_ms":0', `_ms":${"9".repeat(400)}`), "allowed: a whole number"],
    ["an infinite number", good.replace('_ms":0', '_ms":1e400'), "allowed: a whole number"],
    ["a value that is not allowed", text(listen, { level: "gold" }), 'level is "gold", allowed: free, paid'],
    [
      "a wrong identifier",
      text(listen, { event_id: "a b" }),
      'event_id is "a b", allowed: text that matches',
    ],
    ["an identifier and a line end", text(listen, { event_id: "a\n" }), "allowed: text that matches"],
    ["no time", text(listen, { event_time: "yesterday" }), 'event_time is "yesterday", allowed: a time in'],
    ["a day that is not", text(listen, { event_time: "2026-02-30T10:00:00.000Z" }), "allowed: a time in"],
    ...[
      "2026-01-31T10:00:00",
      "2026-01-31 10:00:00Z",
      "2026-01-31T10Z",
      "2026-01-31",
      "20260131T100000Z",
      "2026-01-31T10:00:60Z",
      "2026-01-31T24:00:00Z",
      "2026-01-31T10:00:00.Z",
      "2026-01-31T10:00:00.1234567890Z",
      "2026-01-31T10:00:00+19:00",
      "2026-01-31T10:00:00+1:00",
      "2026-01-31T10:00:00 Europe/Berlin",
      "2026-W05-6T10:00:00Z",
      "0000-12-31T10:00:00Z",
      "0001-01-01T00:00:00+01:00",
      "9999-12-31T23:59:59-00:30",
      "1769853600000",
    ].map(
      (time) =>
        [`the time ${time}`, text(listen, { event_time: time }), "allowed: a time in ISO 8601"] as const,
    ),
    ["a time as a number", text(listen, { event_time: 1769853600000 }), "allowed: a string"],
    ["an empty text", text(listen, { song_id: "" }), 'song_id is "", allowed: a text of 1 to 255 characters'],
    ["a blank text", text(listen, { artist_id: "   " }), "allowed: a text of 1 to 255 characters"],
    ["a text of 256", text(listen, { song_id: "x".repeat(maxTextCharacters + 1) }), "…, allowed: a text of"],
    ["60,000 escapes", text(listen, { song_id: "\n".repeat(30_000) }), "allowed: a text of"],
  ];

const pay = "transaction_events";

export const badTransactions: typeof badListens = [
  ["three decimals", text(pay, { amount: 1.234 }), "amount is 1.234, allowed: an amount with at most two"],
  ["no amount", text(pay, { amount: 0 }), "amount is 0, allowed: at least 0.01"],
  ["too much", text(pay, { amount: 1_000_000.01 }), "amount is 1000000.01, allowed: at most 1000000"],
  ["money as text", text(pay, { amount: "9.99" }), 'amount is "9.99", allowed: a number'],
  ["an unknown currency", text(pay, { currency: "XXX" }), 'currency is "XXX", allowed: EUR'],
  ["a merchant without a name", text(pay, { merchant_id: "" }), 'merchant_id is "", allowed: a text of'],
  ["a card of 60 kB", text(pay, { card_id: "x".repeat(60_000) }), "…, allowed: a text of"],
  ["an optional text of 256", text(pay, { original_event_id: "x".repeat(256) }), "a text of at most 255"],
  ["a wrong optional field", text(pay, { decline_reason: "mood" }), 'decline_reason is "mood", allowed:'],
];

/** Unusual, but well formed. */
export const oddListens: readonly (readonly [what: string, value: string])[] = [
  ["white space around and within", ` \n${JSON.stringify(event(listen), null, 2)}\t\n`],
  [
    "the fields the other way round",
    JSON.stringify(Object.fromEntries(Object.entries(event(listen)).reverse())),
  ],
  ["an escaped identifier", good.replace('"customer_id":"x"', '"customer_id":"\\u0078"')],
  ["an emoji, quotes and a line end", text(listen, { song_id: 'é😀"\\\n' })],
  ["a text as long as it may be", text(listen, { song_id: "x".repeat(maxTextCharacters) })],
  ["as many escapes", text(listen, { song_id: '\n"\u0001'.repeat(maxTextCharacters / 3) })],
  ["a long text of a field that nobody knows", text(listen, { more: "x".repeat(60_000) })],
  ["a time without milliseconds", text(listen, { event_time: "2026-01-31T12:00:00Z" })],
  ["the first day there is", text(listen, { event_time: "0001-01-01T00:00:00.000Z" })],
  ["the last moment there is", text(listen, { event_time: "9999-12-31T23:59:59.999999Z" })],
  ["a later version", text(listen, { schema_version: 2 })],
];

/** Formats in which producers write a time, and the instant that each means. */
export const times: readonly (readonly [text: string, microseconds: string])[] = [
  ["2026-01-31T12:00:00+00:00", "2026-01-31 12:00:00.000000"],
  ["2026-01-31T12:00:00.123456789Z", "2026-01-31 12:00:00.123456"],
  ["2026-01-31T12:00:00.9999999Z", "2026-01-31 12:00:00.999999"],
  ["2026-01-31T12:00:00.5Z", "2026-01-31 12:00:00.500000"],
  ["2026-01-31T12:00Z", "2026-01-31 12:00:00.000000"],
  ["2026-01-31t12:00z", "2026-01-31 12:00:00.000000"],
  ["2026-01-31t12:00:00.25z", "2026-01-31 12:00:00.250000"],
  ["2026-01-31T12:00:00+02:00", "2026-01-31 10:00:00.000000"],
  ["2026-01-31T00:30:00.1+0545", "2026-01-30 18:45:00.100000"],
  ["2026-01-31T23:30-01", "2026-02-01 00:30:00.000000"],
  ["2026-01-31T12:00:00-00:00", "2026-01-31 12:00:00.000000"],
  ["0001-01-01T12:00:00+12:00", "0001-01-01 00:00:00.000000"],
  ["9999-12-31T12:00:00.123456-11:00", "9999-12-31 23:00:00.123456"],
];
