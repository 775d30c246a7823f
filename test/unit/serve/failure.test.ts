import { ClickHouseError } from "@clickhouse/client";
import { failureLine, Failures, isMissingTable } from "../../../jobs/serve/failure";

const missing = new ClickHouseError({ code: "60", type: "UNKNOWN_TABLE", message: "no such table\nstack" });

describe("a failure", () => {
  test("is one line with ClickHouse's code", () => {
    expect(failureLine(missing)).toBe("ClickHouse code 60 UNKNOWN_TABLE: no such table");
  });

  test("names every address that refused", () => {
    const refused = new AggregateError([
      new Error("connect ECONNREFUSED ::1:1"),
      new Error("and 127.0.0.1:1"),
    ]);
    expect(failureLine(refused)).toBe("connect ECONNREFUSED ::1:1; and 127.0.0.1:1");
  });

  test("tells a wiped ClickHouse from others", () => {
    expect(isMissingTable(missing)).toBe(true);
    expect(isMissingTable(new ClickHouseError({ code: "76", type: "CANNOT_OPEN_FILE", message: "" }))).toBe(
      false,
    );
    expect(isMissingTable(new Error("60"))).toBe(false);
  });
});

describe("failures in a row", () => {
  test("are said once, again after a minute, and when another comes; the wait doubles up to 15 s", () => {
    const said: string[] = [];
    const failures = new Failures((line) => said.push(line));
    const waits = [0, 1, 2, 3, 4, 5, 6].map((second) =>
      failures.note(new Error("down"), "publishing", second * 1000),
    );
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(said).toEqual(["publishing: down; readers keep what they have, next attempt in 1 s"]);
    failures.note(new Error("down"), "publishing", 61_000);
    failures.note(new Error("broken"), "publishing", 62_000);
    expect(said.slice(1)).toEqual([
      "publishing: down; readers keep what they have, next attempt in 15 s",
      "publishing: broken; readers keep what they have, next attempt in 15 s",
    ]);
  });

  test("start anew after a success, which is said", () => {
    const said: string[] = [];
    const failures = new Failures((line) => said.push(line));
    failures.clear();
    expect(said).toEqual([]);
    failures.note(new Error("down"), "publishing", 0);
    failures.note(new Error("down"), "publishing", 0);
    failures.clear();
    expect(said.at(-1)).toBe("goes on after 2 failed attempts");
    expect(failures.note(new Error("down"), "publishing", 0)).toBe(1000);
  });
});
