import { httpStatus, toClickHouseError } from "../../../local/clickhouse/errors";

describe("what the engine throws is told as ClickHouse tells it", () => {
  test.each([
    [
      "Query failed: Code: 60. DB::Exception: Unknown table 't'. (UNKNOWN_TABLE)",
      "Code: 60. DB::Exception: Unknown table 't'. (UNKNOWN_TABLE) (version 26.7)",
    ],
    [
      "Code: 73. DB::Exception: Code: 73. DB::Exception: Unknown format X. (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT)",
      "Code: 73. DB::Exception: Unknown format X. (UNKNOWN_FORMAT) (version 26.7)",
    ],
    [
      "Code: 27. DB::Exception: Cannot parse (at row 2)\n: While executing X. (CANNOT_PARSE_TEXT)",
      "Code: 27. DB::Exception: Cannot parse (at row 2)\n: While executing X. (CANNOT_PARSE_TEXT) (version 26.7)",
    ],
    ["something else", "Code: 1001. DB::Exception: something else. (STD_EXCEPTION) (version 26.7)"],
  ])("%s", (text, expected) => expect(toClickHouseError(new Error(text)).toText("26.7")).toBe(expected));

  test("an error of this front stays as it is", () => {
    const error = toClickHouseError(new Error("x"));
    expect(toClickHouseError(error)).toBe(error);
  });
});

test.each([
  [62, 400],
  [60, 404],
  [115, 404],
  [516, 403],
  [159, 408],
  [229, 413],
  [48, 501],
  [241, 500],
  [9999, 500],
])("code %d has HTTP status %d", (code, status) => expect(httpStatus(code)).toBe(status));
