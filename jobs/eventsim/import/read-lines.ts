import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseForeignLine, type ForeignLine, type Unreadable } from "./foreign-line";

export interface NumberedLine {
  /** `file:number`, from 1. */
  readonly place: string;
  readonly line: ForeignLine | Unreadable;
}

/**
 * Streams the lines of files one after another, without blank lines.
 * @throws the file system's Error, which names the file
 */
export async function* readLines(files: readonly string[]): AsyncGenerator<NumberedLine> {
  for (const file of files) {
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number++;
      const bare = number === 1 ? text.replace(/^\uFEFF/, "") : text;
      if (bare.trim() !== "") yield { place: `${file}:${number}`, line: parseForeignLine(bare) };
    }
  }
}

const dayMs = 86_400_000;

/**
 * The number of whole days that moves the newest line into the last 24 hours before `now`. Whole days keep the hour of the
 * day, and a second import on the same day makes the same events.
 * @throws Error when no line can be read
 */
export async function daysUpTo(now: number, lines: AsyncIterable<NumberedLine>): Promise<number> {
  let newest = -Infinity;
  let unreadable: string | undefined;
  for await (const { place, line } of lines)
    if ("unreadable" in line) unreadable ??= `${place}: ${line.unreadable}`;
    else newest = Math.max(newest, line.ts);
  if (newest === -Infinity)
    throw new Error(`no line of eventsim was found${unreadable ? ` (${unreadable})` : ""}`);
  return Math.floor((now - newest) / dayMs);
}
