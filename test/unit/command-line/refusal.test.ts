import { z } from "zod";
import { checkedOptions } from "../../../command-line/checked-options";
import { refusal } from "../../../command-line/refusal";
import { UsageError } from "../../../command-line/usage-error";

test.each([
  [["lateShare", "2", "a share"], "--late-share: got '2', allowed: a share"],
  [
    ["kafka", undefined, "allowed: host:port", " beside --x"],
    "--kafka: got nothing beside --x, allowed: host:port",
  ],
  [["names", ["a", 1], "two names"], "--names: got [ 'a', 1 ], allowed: two names"],
  [["file", "a\nb", "one line"], "--file: got 'a\\nb', allowed: one line"],
  [
    ["file", "x".repeat(1000), "short"],
    `--file: got '${"x".repeat(80)}'... 920 more characters, allowed: short`,
  ],
] as const)("%j is one sentence", ([option, got, allowed, why], sentence) => {
  expect(refusal(option, got, allowed, why)).toBe(sentence);
});

test("every wrong option is named, each in a line", () => {
  const schema = z.object({
    everySeconds: z.coerce.number().int("allowed: whole seconds"),
    lake: z.string().startsWith("/", "allowed: a path"),
  });
  expect(checkedOptions(schema, { everySeconds: "3", lake: "/lake" })).toEqual({
    everySeconds: 3,
    lake: "/lake",
  });
  const wrong = () =>
    checkedOptions(schema, { everySeconds: "1.5", lake: "lake" }, { lake: "an absolute path" });
  expect(wrong).toThrow(UsageError);
  expect(wrong).toThrow(
    "--every-seconds: got '1.5', allowed: whole seconds\n--lake: got 'lake', allowed: an absolute path",
  );
});
