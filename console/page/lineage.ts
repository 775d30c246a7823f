import type { MadeFrom, TablesMessage } from "../messages";
import { element } from "./elements";
import { tableLink } from "./route";
import { shown } from "./shown-text";

type Way = Pick<TablesMessage["tables"][number], "madeFrom" | "readBy">;

/** What a table is made from, and what is made of it. */
export function lineage({ madeFrom, readBy }: Way): HTMLElement {
  const readers = readBy.map((key) => ({ name: key, key, madeFrom: [] }));
  return element(
    "div",
    { class: "lineage" },
    element("div", {}, element("h3", {}, "Made from"), sources(madeFrom, "nothing: it is computed")),
    element("div", {}, element("h3", {}, "Read by"), sources(readers, "no table of the lake")),
  );
}

function sources(all: readonly MadeFrom[], none: string): HTMLElement {
  if (all.length === 0) return element("p", { class: "note" }, none);
  return element("ul", {}, ...all.map(source));
}

function source({ name, key, madeFrom }: MadeFrom): HTMLElement {
  const label =
    key === null
      ? element("span", { class: "note" }, shown(name))
      : element("a", { href: tableLink(key), class: "mono" }, shown(name));
  return element("li", {}, label, ...(madeFrom.length === 0 ? [] : [sources(madeFrom, "")]));
}
