import { emptyNote } from "./block-head";
import { element, section, setAttribute, setHidden, setText } from "./elements";
import { KeyedList, type Item } from "./keyed-list";
import { lineageGraph } from "./lineage-graph";
import { count } from "./numbers";
import { tableLink, type Route } from "./route";
import { shown } from "./shown-text";
import { store } from "./store";
import { stateMark } from "./table-state";
import { tableKey, tablePage, type Table, type TablePage } from "./table-page";
import { viewRoot, type View } from "./view";

const layers = ["gold", "silver", "bronze"] as const;

export function tablesView(): View {
  const title = "Tables";
  const filter = element("input", { type: "search", id: "table-filter", autocomplete: "off" });
  const place = element("div", { class: "page-place" });
  const hint = emptyNote("Waiting for the console's server.");
  const none = element(
    "p",
    { class: "empty", role: "status", hidden: "" },
    "No table has that in its name, text or columns.",
  );
  const groups = layers.map((layer) => {
    const list = element("ul", { class: "table-list" });
    const root = element(
      "section",
      { "aria-label": layer },
      element("h2", { class: "eyebrow" }, layer),
      list,
    );
    return { layer, root, list: new KeyedList<Table>(list, tableKey, listItem) };
  });
  const body = element(
    "div",
    { class: "list-and-page" },
    element(
      "div",
      { class: "panel table-index", role: "search" },
      element("label", { for: "table-filter" }, "Filter tables and columns"),
      filter,
      none,
      ...groups.map(({ root }) => root),
    ),
    place,
  );
  place.append(hint);

  let chosen = "";
  let opened: { readonly key: string; readonly page: TablePage } | null = null;
  const tables = (): readonly Table[] => store.get("tables")?.tables ?? [];

  const showList = () => {
    const wanted = filter.value.trim().toLowerCase();
    const found = tables().filter((table) => isAbout(table, wanted));
    for (const { layer, root, list } of groups) {
      const own = found.filter((table) => table.layer === layer);
      list.show(own);
      setHidden(root, own.length === 0);
    }
    setHidden(none, found.length > 0 || tables().length === 0);
    for (const link of body.querySelectorAll(".table-list a"))
      setAttribute(link, "aria-current", link.getAttribute("href") === tableLink(chosen) ? "page" : null);
  };
  const showPage = () => {
    const table = tables().find((each) => tableKey(each) === chosen);
    body.classList.toggle("has-page", table !== undefined);
    if (!table) {
      opened = null;
      setText(hint, hintFor(chosen, tables().length));
      place.replaceChildren(hint, ...overview(chosen, tables()));
    } else if (opened?.key === chosen) opened.page.show(table);
    else {
      opened = { key: chosen, page: tablePage(table) };
      place.replaceChildren(opened.page.root);
    }
  };
  filter.addEventListener("input", showList);
  for (const kind of ["tables", "states"] as const)
    store.follow(kind, () => {
      showList();
      showPage();
    });

  const enter = ({ rest }: Route) => {
    chosen = rest;
    showList();
    showPage();
  };
  const intro = "Every table of the lake, with its columns. Gold is also in ClickHouse.";
  return { title, root: viewRoot(title, intro, body), enter };
}

/** Drawn once: what tables are made from does not change while the console runs. */
let drawn: HTMLElement | null = null;

function overview(chosen: string, tables: readonly Table[]): HTMLElement[] {
  if (chosen !== "" || tables.length === 0) return [];
  drawn ??= section("Lineage", {}, lineageGraph(tables, null));
  return [drawn];
}

function hintFor(chosen: string, known: number): string {
  if (known === 0) return "Waiting for the console's server.";
  return chosen === "" ? "Choose a table." : `There is no table ${shown(chosen)}.`;
}

function isAbout(table: Table, wanted: string): boolean {
  const texts = [tableKey(table), table.doc, ...table.columns.map(({ name }) => name)];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

function listItem(first: Table): Item<Table> {
  const rows = element("span", { class: "note" });
  const state = stateMark();
  const root = element(
    "li",
    {},
    element(
      "a",
      { href: tableLink(tableKey(first)) },
      element("span", {}, shown(first.name)),
      state.root,
      rows,
    ),
  );
  const update = (table: Table) => {
    setText(rows, table.rows === null ? "" : count(table.rows));
    state.show(store.get("states")?.tables[tableKey(table)]);
  };
  update(first);
  return { root, update };
}
