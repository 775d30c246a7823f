import { readWanted } from "../../../console/follow/wanted";

test("a record is wanted by its place or by an id", () => {
  expect(readWanted(" listen_events/2/4711\n")).toEqual({
    topic: "listen_events",
    partition: 2,
    offset: 4711,
  });
  expect(readWanted("0198-äöü_'\\\"")).toEqual({ id: "0198-äöü_'\\\"" });
});

test.each([
  ["", /^got nothing, allowed: an event_id, a customer_id, or topic\/partition\/offset/],
  ["two words", /^got 'two words', allowed: an event_id/],
  ["a\u0000b", /allowed: an event_id/],
  ["a\u202eb", /allowed: an event_id/],
  ["x".repeat(201), /^got 'x{200}', allowed/],
  ["songs/0/1", /^topic: got 'songs', allowed: .*listen_events/],
  ["listen_events/0", /^got 'listen_events\/0', allowed/],
  ["listen_events/-1/2", /allowed: an event_id/],
  ["listen_events/0/1.5", /allowed: an event_id/],
  ["listen_events/0/99999999999999999999", /allowed: an event_id/],
])("'%s' is refused with what is allowed", (text, message) => {
  expect(() => readWanted(text)).toThrow(message);
});
