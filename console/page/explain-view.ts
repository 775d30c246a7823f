import type { Explained } from "../messages";
import { dataTable } from "./data-table";
import { element, section, setHidden, setText } from "./elements";
import { explain } from "./explain-client";
import { count, counted, money } from "./numbers";
import { errorBox } from "./result-table";
import { followLink, queryLink, tableLink, type Route } from "./route";
import { shown } from "./shown-text";
import { timeElement } from "./times";
import { viewRoot, type View } from "./view";

type File = Explained["files"][number];
type Offsets = Explained["offsets"][number];

/** From a figure of gold to the rows, files and offsets that it is made of, added up again. */
export function explainView(): View {
  const title = "Explain a number";
  const note = element("p", { class: "empty", role: "status" }, "");
  const place = element("div", { class: "stack" });
  let asked: AbortController | null = null;
  const enter = ({ rest }: Route) => {
    asked?.abort();
    const [table = "", column = "", ...key] = rest.split("/");
    place.replaceChildren();
    setHidden(note, false);
    if (table === "") {
      setText(note, "Open a number: in Business, or in the sample of a table of gold.");
      return;
    }
    setText(note, `Adding up ${column} of ${table} again …`);
    const controller = new AbortController();
    asked = controller;
    void (async () => {
      const answer = await explain({ table, column, key }, controller.signal);
      if (controller.signal.aborted) return;
      setHidden(note, true);
      place.replaceChildren(...("error" in answer ? [errorBox(answer.error)] : explanation(answer)));
    })();
  };
  const intro = "The rows, files and offsets that a figure of gold is made of, added up again on the spot.";
  return { title, root: viewRoot(title, intro, note, place), enter };
}

function explanation(found: Explained): HTMLElement[] {
  const { table, column, doc, key, clickhouse, snapshot, addedUp, isEqual, isMoney, asOfMs } = found;
  const text = (figure: number | null) =>
    figure === null ? "no such row" : isMoney ? money(figure) : count(figure);
  const pair = (name: string, value: string | HTMLElement) =>
    element(
      "div",
      {},
      element("dt", {}, name),
      value instanceof HTMLElement ? value : element("dd", {}, value),
    );
  const verdict = element(
    "p",
    { class: "verdict", "data-tone": isEqual ? "good" : "bad", role: "status" },
    isEqual ? "They are equal." : "They differ.",
  );
  return [
    section(
      shown(column),
      {
        aside: [
          element("p", { class: "as-of" }, "as of ", timeElement("both", asOfMs)),
          element("a", { class: "button small", href: queryLink(found.sql) }, "Rows"),
        ],
      },
      element(
        "p",
        {},
        `${shown(doc)}, in `,
        element("a", { href: tableLink(table) }, shown(table)),
        ` where ${key.map(({ name, value }) => `${name} is ${shown(value)}`).join(" and ")}.`,
      ),
      element(
        "dl",
        { class: "facts" },
        pair("In ClickHouse", text(clickhouse)),
        pair("In gold's snapshot on HDFS", text(snapshot)),
        pair(`Added up from ${counted(found.rows, "row")} of ${shown(found.silver)}`, text(addedUp)),
      ),
      verdict,
      found.note === null ? null : element("p", { class: "notice" }, found.note),
    ),
    section("Files that hold the rows", {}, fileList(found.files)),
    section("Kafka", {}, ...offsetsOf(found)),
  ];
}

function fileList(files: readonly File[]): HTMLElement {
  if (files.length === 0) return element("p", { class: "note" }, "No rows.");
  const item = ({ path, rows }: File) =>
    element(
      "li",
      {},
      element("span", { class: "mono" }, shown(path)),
      " ",
      element("span", { class: "note" }, counted(rows, "row")),
    );
  return element("ul", { class: "links" }, ...files.map(item));
}

function offsetsOf({ offsets, batches }: Explained): HTMLElement[] {
  const read =
    batches === null ? "No rows." : `Read by bronze's batches ${batches.first} to ${batches.last}.`;
  if (offsets.length === 0) return [element("p", { class: "note" }, read)];
  const table = dataTable<Offsets>("Offsets", ({ partition }) => String(partition), [
    { label: "Partition", text: ({ topic, partition }) => `${topic}/${partition}` },
    { label: "Rows", isNumber: true, text: ({ rows }) => count(rows), size: ({ rows }) => rows },
    { label: "First offset", isNumber: true, text: ({ first }) => count(first) },
    { label: "Last offset", isNumber: true, text: ({ last }) => count(last) },
  ]);
  table.show(offsets);
  const links = offsets.map(({ topic, partition, last }) => {
    const record = `${topic}/${partition}/${last}`;
    return element("li", {}, element("a", { class: "mono", href: followLink(record) }, record));
  });
  return [
    element("p", { class: "note" }, read),
    table.root,
    element("p", { class: "note" }, "Follow the last of each partition to its bytes:"),
    element("ul", { class: "links" }, ...links),
  ];
}
