/** One token of ClickHouse SQL; comments and white space are not tokens. */
export interface Token {
  readonly kind: "word" | "quoted" | "string" | "number" | "sign";
  /** As written; words in upper case. */
  readonly text: string;
  /** Offsets into the SQL. */
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it; a bracket counts as outside of itself. */
  readonly depth: number;
}

const blank = /(?:[\s\0]|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const patterns: readonly (readonly [Token["kind"], RegExp])[] = [
  ["string", /'(?:[^'\\]+|\\[\s\S]|'')*(?:'|$)/y],
  ["quoted", /"(?:[^"\\]+|\\[\s\S]|"")*(?:"|$)|`(?:[^`\\]+|\\[\s\S]|``)*(?:`|$)/y],
  ["string", /\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/y],
  ["number", /\d[\w.]*/y],
  // Bytes past ASCII: SQL is read as latin1 here, so that offsets are those of the bytes.
  ["word", /[A-Za-z_\x80-\xff][\w\x80-\xff]*/y],
  ["sign", /[\s\S]/y],
];

function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}

/** @yields the tokens of `sql`, lazily: data behind an INSERT need not be read. */
export function* tokens(sql: string): Generator<Token, undefined> {
  let depth = 0;
  let at = 0;
  for (;;) {
    at += matchAt(blank, sql, at)?.length ?? 0;
    if (at >= sql.length) return undefined;
    for (const [kind, pattern] of patterns) {
      const text = matchAt(pattern, sql, at);
      if (text === undefined) continue;
      if (")]}".includes(text)) depth--;
      yield {
        kind,
        text: kind === "word" ? text.toUpperCase() : text,
        start: at,
        end: at + text.length,
        depth,
      };
      if ("([{".includes(text)) depth++;
      at += text.length;
      break;
    }
  }
}
