import { maxValueBytes } from "../../../lake/limits";
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

/** What is sent to listen_events, and the reason that must stand beside it in quarantine. */
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
    [
      "a local time",
      text(listen, { event_time: "2026-01-31T10:00:00+01:00" }),
      "allowed: a time in ISO 8601",
    ],
  ];

const pay = "transaction_events";

export const badTransactions: typeof badListens = [
  ["three decimals", text(pay, { amount: 1.234 }), "amount is 1.234, allowed: an amount with at most two"],
  ["no amount", text(pay, { amount: 0 }), "amount is 0, allowed: at least 0.01"],
  ["too much", text(pay, { amount: 1_000_000.01 }), "amount is 1000000.01, allowed: at most 1000000"],
  ["money as text", text(pay, { amount: "9.99" }), 'amount is "9.99", allowed: a number'],
  ["an unknown currency", text(pay, { currency: "XXX" }), 'currency is "XXX", allowed: EUR'],
  ["a wrong optional field", text(pay, { decline_reason: "mood" }), 'decline_reason is "mood", allowed:'],
];

/** Odd, but well formed. */
export const oddListens: readonly (readonly [what: string, value: string])[] = [
  ["white space around and within", ` \n${JSON.stringify(event(listen), null, 2)}\t\n`],
  [
    "the fields the other way round",
    JSON.stringify(Object.fromEntries(Object.entries(event(listen)).reverse())),
  ],
  ["an escaped identifier", good.replace('"customer_id":"x"', '"customer_id":"\\u0078"')],
  ["an emoji, quotes and a line end", text(listen, { song_id: 'é😀"\\\n' })],
  ["a long text", text(listen, { song_id: "x".repeat(60_000) })],
  ["a long text of escapes", text(listen, { song_id: '\n"'.repeat(15_000) })],
  ["a time without milliseconds", text(listen, { event_time: "2026-01-31T12:00:00Z" })],
  ["the first day there is", text(listen, { event_time: "0001-01-01T00:00:00.000Z" })],
  ["the last moment there is", text(listen, { event_time: "9999-12-31T23:59:59.999999Z" })],
  ["a later version", text(listen, { schema_version: 2 })],
];
