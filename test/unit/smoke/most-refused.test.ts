import { mostRefused } from "../../../smoke/reading/most-refused";

test.each([
  ["a topic of malformed records only", 5, 5, true],
  ["one malformed record that came first", 1, 1, false],
  ["as many as the share of many", 1000, 50, false],
  ["twice the share of many", 1000, 100, true],
])("%s: %d records, %d refused", (_, records, refused, isTooMany) => {
  expect(refused > mostRefused(records, 0.05)).toBe(isTooMany);
});
