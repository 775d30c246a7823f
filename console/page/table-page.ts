import type { TablesMessage } from "../messages";
import { element, setText } from "./elements";
import { lineage } from "./lineage";
import { lineageGraph } from "./lineage-graph";
import { count } from "./numbers";
import { valueText } from "./csv";
import { runQuery, type QueryResult } from "./query-client";
import { errorBox, resultTable, type CellLink } from "./result-table";
import { explainLink, queryLink } from "./route";
import { shown } from "./shown-text";
import { store } from "./store";
import { stateInWords } from "./table-state";

/** A table as the server describes it. */
export type Table = TablesMessage["tables"][number];

export function tableKey({ layer, name }: Table): string {
  return `${layer}.${name}`;
}

export interface TablePage {
  readonly root: HTMLElement;
  readonly show: (table: Table) => void;
}

/** The page of one table; rows and freshness are updated in place. */
export function tablePage(first: Table): TablePage {
  const rows = element("dd", {}, "–");
  const freshness = element("dd", {}, "–");
  const state = stateInWords();
  const pair = (name: string, value: HTMLElement) => element("div", {}, element("dt", {}, name), value);
  const root = element(
    "article",
    { class: "panel table-page" },
    element("a", { class: "back", href: "#/tables" }, "← All tables"),
    element(
      "h2",
      { tabindex: "-1" },
      element("span", { class: "note" }, `${first.layer} `),
      shown(first.name),
    ),
    element("p", {}, shown(first.doc)),
    element(
      "dl",
      { class: "facts" },
      pair("One row is", element("dd", {}, shown(first.grain))),
      pair("State", state.root),
      pair("Rows", rows),
      pair("Freshness", freshness),
      pair(
        "In ClickHouse",
        element("dd", { class: "mono" }, clickhouseName(first) ?? "not there: on HDFS alone"),
      ),
    ),
    ...sample(first),
    lineage(first),
    lineageGraph(store.get("tables")?.tables ?? [], tableKey(first)),
    element("h3", {}, "Columns"),
    columns(first),
  );
  const show = (table: Table) => {
    setText(rows, count(table.rows));
    setText(freshness, shown(table.freshness));
    state.show(store.get("states")?.tables[tableKey(table)]);
  };
  show(first);
  return { root, show };
}

function clickhouseName({ clickhouse }: Table): string | null {
  if (clickhouse === null) return null;
  return clickhouse.includes(".") ? clickhouse : `lake.${clickhouse}`;
}

function sample(table: Table): readonly HTMLElement[] {
  const name = clickhouseName(table);
  if (name === null) return [];
  const sql = `SELECT * FROM ${name} LIMIT 20`;
  const button = element("button", { type: "button" }, "Sample");
  const place = element("div", { class: "answer" });
  button.addEventListener("click", () => {
    void (async () => {
      button.disabled = true;
      setText(button, "Sampling …");
      const answer = await runQuery(sql, AbortSignal.timeout(60_000));
      button.disabled = false;
      setText(button, "Sample");
      place.replaceChildren(
        "error" in answer
          ? errorBox(answer.error)
          : resultTable(answer, name, sql, explainLinks(table, answer)),
      );
    })();
  });
  const query = element("a", { class: "button", href: queryLink(sql) }, "Query");
  return [element("div", { class: "actions" }, button, query), place];
}

/** The figures that can be followed to the rows that they are made of. */
function explainLinks({ name, key, columns }: Table, result: QueryResult): CellLink {
  const explained = new Set(columns.flatMap((column) => (column.isExplained ? [column.name] : [])));
  const places = key.map((keyName) => result.columns.findIndex((column) => column.name === keyName));
  return (column, row) =>
    explained.has(column)
      ? explainLink(
          name,
          column,
          places.map((place) => valueText(row[place])),
        )
      : null;
}

function columns(table: Table): HTMLElement {
  const label = `Columns of ${table.name}`;
  return element(
    "div",
    { class: "scrolls", role: "group", tabindex: "0", "aria-label": label },
    element(
      "table",
      { class: "columns" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Name", "Type", "Meaning"].map((name) => element("th", { scope: "col" }, name)),
        ),
      ),
      element(
        "tbody",
        {},
        ...table.columns.map(({ name, type, doc }) =>
          element(
            "tr",
            {},
            element("th", { scope: "row", class: "mono" }, shown(name)),
            element("td", { class: "mono type-cell" }, shown(type)),
            element("td", {}, shown(doc)),
          ),
        ),
      ),
    ),
  );
}
