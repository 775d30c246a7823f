/** A table in Markdown. A `|` in a cell is escaped; empty cells stay empty. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Words joined by commas, each as code. */
export function codes(words: readonly string[]): string {
  return words.map(code).join(", ");
}

/** A link to a heading of the same page. */
export function linkTo(heading: string): string {
  return `[${heading}](#${heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-")})`;
}
