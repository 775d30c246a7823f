/** An error as ClickHouse itself would tell it: code, name and text. */
export class ClickHouseError extends Error {
  constructor(
    readonly code: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = "ClickHouseError";
  }

  /** @returns the same error, its text without `parts` */
  without(...parts: readonly string[]): ClickHouseError {
    const text = parts.reduce((left, part) => left.replaceAll(part, ""), this.message);
    return new ClickHouseError(this.code, this.type, text);
  }

  /** @returns the body ClickHouse's HTTP interface answers with, without a line end. */
  toText(version: string): string {
    const stop = /[.!?]$/.test(this.message) ? "" : ".";
    return `Code: ${this.code}. DB::Exception: ${this.message}${stop} (${this.type}) (version ${version})`;
  }
}

const prefix = /^(?:Query failed: |Failed to [^:]*: )?((?:Code: \d+\. DB::Exception: )+)/;
const suffix = /(?:\.? \([A-Z][A-Z0-9_]+\)(?: \(version [^()]*(?:\([^()]*\))?\))?\.?)+\s*$/;

/** Reads what the engine threw. An error that is not the engine's own becomes STD_EXCEPTION (1001). */
export function toClickHouseError(thrown: unknown): ClickHouseError {
  if (thrown instanceof ClickHouseError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const head = prefix.exec(text);
  if (head === null) return new ClickHouseError(1001, "STD_EXCEPTION", text);
  const tail = suffix.exec(text);
  const types = tail === null ? [] : [...tail[0].matchAll(/\(([A-Z][A-Z0-9_]+)\)/g)];
  return new ClickHouseError(
    Number(/\d+/.exec(head[1] ?? "")?.[0]),
    types.at(-1)?.[1] ?? "UNKNOWN_EXCEPTION",
    text.slice(head[0].length, tail?.index ?? text.length),
  );
}

const statusOfCodes: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [
    400,
    [
      6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675,
      676,
    ],
  ],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [403, [192, 193, 497, 512, 516]],
  [401, [194]],
  [408, [159]],
  [411, [381]],
  [413, [229]],
  [415, [779]],
  [501, [48]],
  [503, [76, 209, 439]],
];

const statusByCode = new Map(statusOfCodes.flatMap(([status, codes]) => codes.map((code) => [code, status])));

/** @returns the HTTP status ClickHouse gives for one of its codes. */
export function httpStatus(code: number): number {
  return statusByCode.get(code) ?? 500;
}
