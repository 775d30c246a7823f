import { xml } from "../../../jobs/clickhouse/xml";

test("elements in elements, one for each item of a list, and no text that could be an element", () => {
  expect(xml({ a: { b: 1, c: ["x & y", "<z>"] }, d: "" }).replaceAll("\n", "")).toBe(
    "<a><b>1</b><c>x &amp; y</c><c>&lt;z&gt;</c></a><d></d>",
  );
});
