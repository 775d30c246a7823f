import { askForFile } from "./ask-server";
import { csvOf, valueText } from "./csv";
import { element, setText } from "./elements";
import { counted, seconds } from "./numbers";
import type { QueryResult } from "./query-client";
import { saveFile } from "./save-file";
import { shown } from "./shown-text";

/** Where a cell leads: by its column and its row, in the order of the result's columns. */
export type CellLink = (column: string, row: readonly unknown[]) => string | null;

const isNumeric = (type: string): boolean =>
  /^(Nullable\(|LowCardinality\()*(U?Int|Float|Decimal)/.test(type);

/** A query's rows, with what is known about them. A file of them as Parquet has all rows, also those that are not shown. */
export function resultTable(
  result: QueryResult,
  name: string,
  sql: string,
  linkOf: CellLink = () => null,
): HTMLElement {
  const csv = element("button", { type: "button", class: "small" }, "Save as CSV");
  csv.addEventListener("click", () =>
    saveFile(new Blob([csvOf(result)], { type: "text/csv;charset=utf-8" }), `${name}.csv`),
  );
  const parquet = element("button", { type: "button", class: "small" }, "Save all as Parquet");
  const failed = element("div");
  parquet.addEventListener("click", () => {
    void (async () => {
      parquet.disabled = true;
      setText(parquet, "Saving …");
      const file = await askForFile("/api/parquet", { sql }, AbortSignal.timeout(90_000));
      parquet.disabled = false;
      setText(parquet, "Save all as Parquet");
      failed.replaceChildren(...("error" in file ? [errorBox(file.error)] : []));
      if (file instanceof Blob) saveFile(file, `${name}.parquet`);
    })();
  });
  return element(
    "div",
    { class: "result" },
    element(
      "div",
      { class: "result-head" },
      element("p", { role: "status" }, `${counted(result.rows.length, "row")} in ${took(result.seconds)}`),
      result.isCut
        ? element("p", { class: "notice" }, "Cut: there are more rows, or longer values, than are shown.")
        : null,
      csv,
      parquet,
    ),
    failed,
    result.columns.length === 0 ? null : rowsTable(result, name, linkOf),
  );
}

function took(time: number): string {
  return time < 1 ? `${Math.max(1, Math.round(time * 1000))} ms` : seconds(time);
}

function rowsTable({ columns, rows }: QueryResult, name: string, linkOf: CellLink): HTMLElement {
  const numeric = columns.map(({ type }) => isNumeric(type));
  const classOf = (index: number) => (numeric[index] ? { class: "number" } : {});
  return element(
    "div",
    { class: "scrolls tall", role: "group", tabindex: "0", "aria-label": `Rows of ${name}` },
    element(
      "table",
      { class: "rows-table" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...columns.map((column, index) =>
            element(
              "th",
              { scope: "col", ...classOf(index) },
              shown(column.name),
              element("span", { class: "type" }, shown(column.type)),
            ),
          ),
        ),
      ),
      element(
        "tbody",
        {},
        ...rows.map((row) =>
          element(
            "tr",
            {},
            ...row.map((value, index) =>
              element("td", classOf(index), valueCell(value, linkOf(columns[index]?.name ?? "", row))),
            ),
          ),
        ),
      ),
    ),
  );
}

function valueCell(value: unknown, href: string | null): HTMLElement {
  if (value === null || value === undefined) return element("span", { class: "null" }, "null");
  const text = shown(valueText(value));
  if (href !== null) return element("a", { class: "value", href, title: "Explain this number" }, text);
  return element("span", { class: "value" }, text);
}

/** An error in its source's own words. */
export function errorBox(error: string): HTMLElement {
  return element("pre", { class: "error", role: "alert" }, error);
}
