import { existsSync } from "node:fs";
import { join } from "node:path";
import { choose, chooseOne } from "../../run/choice";
import { stages } from "../../run/cluster";

const names = ["first", "second", "third"] as const;

test("without the flag all is chosen, and every word is left", () => {
  expect(choose("--ring", names, ["-t", "a name"])).toEqual({ chosen: names, args: ["-t", "a name"] });
});

test("what is chosen comes in its own order, and the flag is taken out", () => {
  expect(choose("--ring", names, ["a", "--ring", "third,first", "b"])).toEqual({
    chosen: ["first", "third"],
    args: ["a", "b"],
  });
});

test.each([
  [["--ring", "first,fourth"], "--ring: got 'fourth', allowed: first, second, third"],
  [["--ring", "first,"], "--ring: got '', allowed: first, second, third"],
  [["--ring"], "--ring: got '', allowed: first, second, third"],
])("%j is refused", (args, said) => {
  expect(() => choose("--ring", names, args)).toThrow(said);
});

test("one of several: the first without the flag, and no more than one with it", () => {
  expect(chooseOne("--profile", names, ["a"])).toEqual({ chosen: "first", args: ["a"] });
  expect(chooseOne("--profile", names, ["--profile", "third", "a"])).toEqual({
    chosen: "third",
    args: ["a"],
  });
  expect(() => chooseOne("--profile", names, ["--profile", "first,third"])).toThrow(
    "--profile: got 'first,third', allowed: one of first, second, third",
  );
  expect(() => chooseOne("--profile", names, ["--profile", "fourth"])).toThrow("--profile: got 'fourth'");
});

test.each(stages)("stage %s has its tests", (stage) => {
  expect(existsSync(join(__dirname, "../../cluster", `${stage}.test.ts`))).toBe(true);
});
