import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvOf } from "../../../console/page/csv";
import { evidenceSentence, ruleTitle } from "../../../console/page/evidence";
import { bytesAsHex, bytesAsText } from "../../../console/page/record-bytes";
import { queryLink, readRoute, tableLink } from "../../../console/page/route";
import { shown } from "../../../console/page/shown-text";

const macro = readFileSync(join(__dirname, "../../../jobs/dbt/macros/fraud_rules.sql"), "utf8");
const rules = [...macro.matchAll(/'name': '(\w+)'[^]*?'evidence': \[([^\]]*)\]/g)].map(
  ([, rule = "", names = ""]) => [rule, [...names.matchAll(/\w+/g)].map(([name]) => name)] as const,
);

test("the macro's rules are found", () => {
  expect(rules.length).toBeGreaterThanOrEqual(7);
});

test.each(rules)("the evidence of %s is a sentence", (rule, names) => {
  const sentence = evidenceSentence(
    rule,
    Object.fromEntries(names.map((name, at) => [name, String(at + 3)])),
  );
  expect(sentence).toMatch(/^[A-Z0-9€].*\.$/);
  expect(sentence).not.toMatch(/ = |undefined|NaN/);
  expect(ruleTitle(rule)).not.toBe(rule);
});

test.each([
  ["a rule of a newer lake", "brand_new", { some_value: "3" }, "some_value = 3"],
  ["a value that is missing", "account_takeover", {}, ""],
  ["a value that is no number", "account_takeover", { failed_logins_30m: "<b>" }, "failed_logins_30m = <b>"],
  ["the name of a property of every object", "constructor", { a: "1" }, "a = 1"],
])("%s is shown as it is", (_, rule, values, sentence) => {
  expect(evidenceSentence(rule, values)).toBe(sentence);
});

test("what can't be seen in a text is written out", () => {
  expect(shown("a\u202eb\u0000c\u2066d\u00ade\u{e0001}f\u2028g\t\r\n")).toBe(
    "a\\u202eb\\u0000c\\u2066d\\u00ade\\u{e0001}f\\u2028g\\t\\r\\n",
  );
  expect(shown("Motörhead 愛 <b>🎵")).toBe("Motörhead 愛 <b>🎵");
});

test("bytes that are no UTF-8 are written out, all others are text", () => {
  const bytes = Buffer.concat([
    Buffer.from("é{"),
    Buffer.from([0xff, 0xc3, 0x28, 0xe2, 0x82]),
    Buffer.from("}€"),
  ]);
  expect(bytesAsText(bytes)).toBe("é{\\xff\\xc3(\\xe2\\x82}€");
  expect(bytesAsText(Buffer.from([0xe2, 0x82]))).toBe("\\xe2\\x82");
});

test("the same bytes as hex", () => {
  expect(bytesAsHex(Buffer.from("abc\u0000\u007fé!", "utf8")).split("\n")).toEqual([
    "0000  61 62 63 00 7f c3 a9 21  abc····!",
  ]);
  expect(bytesAsHex(Buffer.alloc(9)).split("\n")[1]).toMatch(/^0008 {2}00 {21} +·$/);
});

test("CSV quotes what it has to", () => {
  const columns = [
    { name: "a,b", type: "String" },
    { name: "c", type: "Array(String)" },
  ];
  const rows = [
    ['say "x"', ["1", "2"]],
    ["two\nlines", null],
    ["plain", 7],
  ];
  expect(csvOf({ columns, rows, seconds: 0, isCut: false })).toBe(
    '"a,b",c\r\n"say ""x""","[""1"",""2""]"\r\n"two\nlines",\r\nplain,7\r\n',
  );
});

test("links lead to what they name, and a wrong one to the first view", () => {
  const sql = "SELECT '?&#%' AS x -- é";
  expect(readRoute(queryLink(sql))).toEqual({ view: "query", rest: "", sql });
  expect(readRoute(tableLink("gold.facts"))).toMatchObject({ view: "tables", rest: "gold.facts" });
  for (const wrong of ["", "#", "#/", "#/nowhere", "#/__proto__"]) expect(readRoute(wrong).view).toBe("flow");
  expect(readRoute("#/tables/%E0%A4%A")).toMatchObject({ view: "tables", rest: "%E0%A4%A" });
});
