import type { TablesMessage } from "../messages";
import { element } from "./elements";
import { tableLink } from "./route";
import { shown } from "./shown-text";

type Table = Pick<TablesMessage["tables"][number], "layer" | "name" | "readBy">;

interface Edge {
  readonly from: string;
  readonly to: string;
}

const layers = ["bronze", "silver", "gold"] as const;
const svgNamespace = "http://www.w3.org/2000/svg";
/** How far an edge within a layer swings out, in pixels. */
const swing = 36;

const keyOf = ({ layer, name }: Table) => `${layer}.${name}`;

/**
 * Tables by layer, with a line from each to those that read it. The table under the pointer or the focus is shown with
 * what it is made from and what is made of it.
 * @param chosen the only table whose lines are shown; null for all tables
 */
export function lineageGraph(tables: readonly Table[], chosen: string | null): HTMLElement {
  const all = tables.flatMap((table) => table.readBy.map((to): Edge => ({ from: keyOf(table), to })));
  const related = chosen === null ? null : relatives(chosen, all);
  const shownTables = tables.filter((table) => related?.has(keyOf(table)) ?? true);
  const edges = all.filter(({ from, to }) => related === null || (related.has(from) && related.has(to)));
  const nodes = new Map(shownTables.map((table) => [keyOf(table), node(table, chosen)] as const));
  const lines = edges.map((edge) => ({ edge, path: document.createElementNS(svgNamespace, "path") }));
  const drawing = document.createElementNS(svgNamespace, "svg");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(...lines.map(({ path }) => path));
  const columns = layers.map((layer) =>
    element(
      "div",
      { role: "group", "aria-label": layer },
      element("p", { class: "eyebrow", "aria-hidden": "true" }, layer),
      element(
        "ul",
        {},
        ...shownTables
          .filter((table) => table.layer === layer)
          .map((table) => element("li", {}, nodes.get(keyOf(table)) ?? null)),
      ),
    ),
  );
  const graph = element("div", { class: "graph" }, ...columns);
  graph.prepend(drawing);
  const draw = () => {
    const origin = graph.getBoundingClientRect();
    for (const { edge, path } of lines) {
      const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
      if (from && to) path.setAttribute("d", curve(from, to, origin));
    }
  };
  new ResizeObserver(draw).observe(graph);
  const highlight = (key: string | null) => {
    const near = key === null ? null : relatives(key, edges);
    for (const [name, link] of nodes) link.classList.toggle("is-far", near !== null && !near.has(name));
    for (const { edge, path } of lines)
      path.classList.toggle("is-near", near !== null && near.has(edge.from) && near.has(edge.to));
  };
  for (const [key, link] of nodes) {
    for (const kind of ["pointerenter", "focus"]) link.addEventListener(kind, () => highlight(key));
    for (const kind of ["pointerleave", "blur"]) link.addEventListener(kind, () => highlight(null));
  }
  const label = chosen === null ? "Lineage of all tables" : `Lineage of ${chosen}`;
  return element("div", { class: "scrolls", role: "group", tabindex: "0", "aria-label": label }, graph);
}

function node(table: Table, chosen: string | null): HTMLAnchorElement {
  const key = keyOf(table);
  const current = key === chosen ? { "aria-current": "page" } : {};
  return element("a", { class: "graph-node mono", href: tableLink(key), ...current }, shown(table.name));
}

/** A table, with all that it is made from and all that is made of it. */
function relatives(key: string, edges: readonly Edge[]): ReadonlySet<string> {
  const follow = (start: string, near: (at: string) => readonly string[], found: Set<string>) => {
    for (const next of near(start))
      if (!found.has(next)) {
        found.add(next);
        follow(next, near, found);
      }
    return found;
  };
  const above = (at: string) => edges.flatMap(({ from, to }) => (to === at ? [from] : []));
  const below = (at: string) => edges.flatMap(({ from, to }) => (from === at ? [to] : []));
  return new Set([key, ...follow(key, above, new Set()), ...follow(key, below, new Set())]);
}

function curve(from: HTMLElement, to: HTMLElement, origin: DOMRect): string {
  const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  const middle = (box: DOMRect) => box.top + box.height / 2 - origin.top;
  const start = a.right - origin.left;
  const isSameLayer = Math.abs(a.left - b.left) < 1;
  const end = (isSameLayer ? b.right : b.left) - origin.left;
  const bend = isSameLayer ? swing : (end - start) / 2;
  const lastBend = isSameLayer ? end + swing : end - bend;
  return `M ${start} ${middle(a)} C ${start + bend} ${middle(a)} ${lastBend} ${middle(b)} ${end} ${middle(b)}`;
}
