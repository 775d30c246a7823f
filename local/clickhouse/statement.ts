import { ClickHouseError } from "./errors";
import { tokens, type Token } from "./tokens";

/** Where a word with a meaning stands in the SQL. Offsets are bytes. */
export interface FormatClause {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface Common {
  /** The first keyword, in upper case. */
  readonly verb: string;
}

/** A statement whose result may be of any size. */
export interface Select extends Common {
  readonly kind: "select";
  readonly format: FormatClause | undefined;
  /** Offset behind the last token; a `;` is not one. */
  readonly end: number;
}

/** INSERT … VALUES and INSERT … FORMAT: what stands at `dataStart` and behind is not SQL. */
export interface InsertData extends Common {
  readonly kind: "insert";
  readonly format: string;
  /** Offset of SETTINGS, VALUES or FORMAT, where FROM INFILE belongs. */
  readonly clauses: number;
  readonly formatStart: number;
  readonly dataStart: number;
}

/** INSERT … SELECT … FROM input('structure') FORMAT …: data that goes through a query. */
export interface InsertInput extends Common {
  readonly kind: "input";
  readonly format: string;
  /** From `input` to its closing bracket. */
  readonly call: { readonly start: number; readonly end: number; readonly structure: string };
  readonly formatStart: number;
  readonly dataStart: number;
}

/** All others: their result is small. */
export interface Command extends Common {
  readonly kind: "command";
  readonly format: FormatClause | undefined;
  readonly end: number;
}

export type Statement = Select | InsertData | InsertInput | Command;

function isWord(token: Token | undefined, ...texts: readonly string[]): token is Token {
  return token?.kind === "word" && texts.includes(token.text);
}

function name(sql: string, token: Token): string {
  return sql.slice(token.start, token.end).replace(/^[`"]|[`"]$/g, "");
}

/** As ClickHouse: blanks and one line end may stand between FORMAT and the data. */
function behindFormat(sql: string, end: number): number {
  const gap = /[ \t\f]*\r?\n?/y;
  gap.lastIndex = end;
  return end + (gap.exec(sql)?.[0].length ?? 0);
}

/** Walks over `INTO [TABLE] [FUNCTION] a.b`, so that a table may be called `format`. */
function skipTarget(source: Iterator<Token, undefined>): Token | undefined {
  let token = source.next().value;
  while (isWord(token, "INTO", "TABLE", "FUNCTION")) token = source.next().value;
  token = source.next().value;
  while (token?.text === ".") {
    source.next();
    token = source.next().value;
  }
  return token;
}

function readInsert(sql: string, source: Iterator<Token, undefined>): InsertData | InsertInput | undefined {
  let clauses: number | undefined;
  let previous: Token | undefined;
  let call: InsertInput["call"] | undefined;
  let open: { start: number; structure: string } | undefined;
  let selects = false;
  for (let token = skipTarget(source); token !== undefined; token = source.next().value) {
    if (isWord(token, "INFILE") && isWord(previous, "FROM")) {
      throw new ClickHouseError(78, "UNKNOWN_TYPE_OF_QUERY", "INSERT … FROM INFILE is not allowed over HTTP");
    }
    if (isWord(token, "SELECT", "WITH") && token.depth === 0) selects = true;
    if (token.text === "(" && isWord(previous, "INPUT")) open = { start: previous.start, structure: "" };
    else if (token.text === ")" && open !== undefined && call === undefined) {
      call = { ...open, end: token.end };
    } else if (open !== undefined && call === undefined) {
      open.structure += sql.slice(token.start, token.end);
    }
    if (token.depth === 0) {
      if (isWord(token, "SETTINGS") && !selects) clauses ??= token.start;
      if (isWord(token, "VALUES") && !selects) {
        return {
          kind: "insert",
          verb: "INSERT",
          format: "Values",
          clauses: clauses ?? token.start,
          formatStart: token.start,
          dataStart: token.end,
        };
      }
      if (isWord(token, "FORMAT") && (!selects || call !== undefined)) {
        const format = source.next().value;
        if (format === undefined) return undefined;
        const found = {
          verb: "INSERT",
          format: name(sql, format),
          formatStart: token.start,
          dataStart: behindFormat(sql, format.end),
        };
        return call === undefined
          ? { kind: "insert", clauses: clauses ?? token.start, ...found }
          : { kind: "input", call, ...found };
      }
    }
    previous = token;
  }
  if (call !== undefined) {
    throw new ClickHouseError(36, "BAD_ARGUMENTS", "input() needs a FORMAT clause at the end of the INSERT");
  }
  return undefined;
}

function selecting(verb: string, all: readonly Token[]): boolean {
  if (verb === "WITH") {
    return isWord(
      all.find((token) => token.depth === 0 && isWord(token, "SELECT", "INSERT")),
      "SELECT",
    );
  }
  return verb === "SELECT" || verb === "(" || verb === "FROM";
}

function readFormat(sql: string, all: readonly Token[]): FormatClause | undefined {
  for (let index = all.length - 2; index >= 0; index--) {
    const token = all[index];
    const format = all[index + 1];
    const next = all[index + 2];
    if (!isWord(token, "FORMAT") || token.depth !== 0) continue;
    if (format?.kind !== "word" && format?.kind !== "quoted") continue;
    if (next !== undefined && !isWord(next, "SETTINGS")) continue;
    return { name: name(sql, format), start: token.start, end: format.end };
  }
  return undefined;
}

/** @returns what comes before the data of an INSERT, as soon as `sql` has all of it; undefined for all else. */
export function readInsertHead(sql: string): InsertData | InsertInput | undefined {
  const source = tokens(sql);
  return isWord(source.next().value, "INSERT") ? readInsert(sql, source) : undefined;
}

/**
 * Finds what an HTTP front must know of one statement without data; the engine reads it in full.
 * @param sql bytes as latin1, so that offsets are those of the bytes
 * @throws ClickHouseError for nothing at all, for two statements, for INTO OUTFILE and FROM INFILE
 */
export function readStatement(sql: string): Select | Command {
  const source = tokens(sql);
  const first = source.next().value;
  if (first === undefined || first.text === ";") {
    throw new ClickHouseError(
      62,
      "SYNTAX_ERROR",
      "Syntax error: failed at position 1 (end of query): Empty query",
    );
  }
  const all = [first, ...source];
  const semicolon = all.findIndex((token) => token.text === ";" && token.kind === "sign");
  const statement = semicolon === -1 ? all : all.slice(0, semicolon);
  const rest = all.slice(statement.length).find((token) => token.text !== ";");
  if (rest !== undefined) {
    const at = (all[semicolon]?.start ?? 0) + 1;
    throw new ClickHouseError(
      62,
      "SYNTAX_ERROR",
      `Syntax error (Multi-statements are not allowed): failed at position ${at} (end of query): ;`,
    );
  }
  const format = readFormat(sql, statement);
  const end = statement.at(-1)?.end ?? sql.length;
  const verb = first.text;
  if (!selecting(verb, statement)) return { kind: "command", verb, format, end };
  const outfile = statement.some(
    (token, index) => isWord(token, "INTO") && isWord(statement[index + 1], "OUTFILE"),
  );
  if (outfile) throw new ClickHouseError(358, "INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed");
  return { kind: "select", verb, format, end };
}
