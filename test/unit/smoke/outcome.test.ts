import { hops, neededHops } from "../../../smoke/hops";
import { blocking, Mismatch, type CheckResult } from "../../../smoke/outcome";
import { linesOf, summaryOf } from "../../../smoke/print";

const passed: CheckResult = {
  name: "n",
  hop: "kafka",
  about: [],
  status: "passed",
  seconds: 1.25,
  figure: "7 topics",
};
const failed: CheckResult = {
  name: "m",
  hop: "bronze",
  about: [],
  status: "failed",
  seconds: 0,
  message: "expected a; got b",
};
const notReached: CheckResult = {
  name: "o",
  hop: "silver",
  about: [],
  status: "not-reached",
  seconds: 0,
  message: "not reached: bronze (m) did not pass",
};

describe("hops", () => {
  test("need only hops that are checked before them", () => {
    for (const [index, hop] of hops.entries())
      for (const needed of neededHops[hop]) expect(hops.indexOf(needed)).toBeLessThan(index);
  });
});

describe("outcomes", () => {
  test("are blocked by a hop that did not pass, failed or not reached, and by no other", () => {
    expect(blocking([], "bronze")).toBeUndefined();
    expect(blocking([passed, failed], "bronze")).toBeUndefined();
    expect(blocking([passed, failed], "quarantine")).toBeUndefined();
    expect(blocking([passed, failed], "silver")).toEqual(failed);
    expect(blocking([passed, failed, notReached], "gold")).toEqual(notReached);
  });
});

describe("what is printed", () => {
  test("is a heading for each hop and a line for each check, with its figure or its message", () => {
    expect(linesOf(passed, undefined)).toEqual([
      "kafka",
      expect.stringMatching(/^ {2}✓ n +1\.3 s {2}7 topics$/),
    ]);
    expect(linesOf(failed, passed)).toEqual([
      "bronze",
      expect.stringMatching(/^ {2}✗ m +0\.0 s$/),
      "      expected a; got b",
    ]);
  });

  test("tells once that a hop is not reached", () => {
    expect(linesOf(notReached, failed)).toEqual(["silver", `  – ${notReached.message}`]);
    expect(linesOf({ ...notReached, name: "p" }, notReached)).toEqual([]);
  });

  test("ends with the first hop that failed", () => {
    expect(summaryOf([passed, failed, notReached])).toBe(
      "1 of 3 checks passed, 1 failed, 1 not reached in 1 s; the first to fail is bronze: m",
    );
    expect(summaryOf([passed])).toBe("1 of 1 checks passed in 1 s");
  });

  test("says of a mismatch what was expected, what was got and where to look", () => {
    const mismatch = new Mismatch({ expected: "3 rows", got: "2", look: "the log" });
    expect(mismatch.message).toBe("expected 3 rows; got 2; look at the log");
  });
});
