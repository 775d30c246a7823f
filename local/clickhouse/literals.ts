/** @returns a string literal of ClickHouse SQL. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** @returns an identifier of ClickHouse SQL. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

/** @returns `a = '1', b = '2'`; the engine turns the text into the setting's type. */
export function assignments(settings: Iterable<readonly [name: string, value: string]>): string {
  return [...settings].map(([name, value]) => `${name} = ${quoted(value)}`).join(", ");
}
