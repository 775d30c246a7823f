import { ClickHouseError } from "./errors";
import { quoted } from "./literals";
import type { Command, InsertData, InsertInput, Select } from "./statement";
import { tokens } from "./tokens";

/** @throws ClickHouseError when the bytes are no UTF-8: the engine takes its SQL as text */
function text(latin1: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, "latin1"));
  } catch {
    throw new ClickHouseError(
      36,
      "BAD_ARGUMENTS",
      "The SQL is not valid UTF-8: write other bytes as unhex('…'), or send them as the data of an INSERT",
    );
  }
}

function formatName(name: string): string {
  if (/^\w+$/.test(name)) return name;
  throw new ClickHouseError(73, "UNKNOWN_FORMAT", `Unknown format ${name}`);
}

/** @returns the SELECT, with its result sent to `file` in the format it or the request names */
export function selectInto(sql: string, select: Select, defaultFormat: string, file: string): string {
  const { format, end } = select;
  const query = text(sql.slice(0, format?.start ?? end));
  const behind = format === undefined ? "" : text(sql.slice(format.end, end));
  return `${query}\nINTO OUTFILE ${quoted(file)} TRUNCATE\nFORMAT ${formatName(format?.name ?? defaultFormat)}${behind}`;
}

/** @returns the INSERT, with its data taken from `file` */
export function insertFrom(
  sql: string,
  insert: InsertData | InsertInput,
  file: string,
  compression: string,
): string {
  if (insert.kind === "insert") {
    const target = text(sql.slice(0, insert.clauses));
    const settings = text(sql.slice(insert.clauses, insert.formatStart));
    return `${target} FROM INFILE ${quoted(file)} COMPRESSION ${quoted(compression)} ${settings} FORMAT ${formatName(insert.format)}`;
  }
  const { start, end, structure } = insert.call;
  const source = [quoted(file), quoted(insert.format), text(structure) || "'auto'", quoted(compression)];
  const before = text(sql.slice(0, start));
  return `${before} file(${source.join(", ")}) ${text(sql.slice(end, insert.formatStart))}`;
}

/**
 * @returns any other statement as it stands; but the engine makes its own query ids, so that KILL QUERY must
 * look for the client's where this front puts them
 */
export function commandSql(sql: string, command: Command | Select): string {
  const statement = sql.slice(0, command.end);
  if (command.verb !== "KILL") return text(statement);
  let result = "";
  let done = 0;
  for (const token of tokens(statement)) {
    if (token.kind !== "word" || token.text !== "QUERY_ID") continue;
    result += `${statement.slice(done, token.start)}Settings['log_comment']`;
    done = token.end;
  }
  return text(result + statement.slice(done));
}
