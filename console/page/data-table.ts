import { element, newId, setText } from "./elements";
import { KeyedList, type Item } from "./keyed-list";
import { shown } from "./shown-text";

export interface DataColumn<T> {
  readonly label: string;
  readonly text: (value: T) => string;
  readonly isNumber?: boolean;
  /** Draws a bar behind the figure, whose length is this size; the largest row's fills the cell. */
  readonly size?: (value: T) => number;
  /** How an unusual figure is highlighted. */
  readonly tone?: (value: T) => string;
}

export interface DataTable<T> {
  readonly root: HTMLElement;
  readonly show: (values: readonly T[]) => void;
}

interface Row<T> {
  readonly value: T;
  readonly largest: readonly number[];
}

/** A table whose first column is each row's header. A table that is too wide scrolls on its own. */
export function dataTable<T>(
  caption: string,
  keyOf: (value: T) => string,
  columns: readonly DataColumn<T>[],
): DataTable<T> {
  const id = newId("table");
  const body = element("tbody");
  const head = columns.map(({ label, isNumber }) =>
    element("th", { scope: "col", ...(isNumber ? { class: "number" } : {}) }, label),
  );
  const root = element(
    "div",
    { class: "scrolls", role: "group", tabindex: "0", "aria-labelledby": id },
    element(
      "table",
      {},
      element("caption", { class: "spoken", id }, caption),
      element("thead", {}, element("tr", {}, ...head)),
      body,
    ),
  );
  const list = new KeyedList<Row<T>>(
    body,
    ({ value }) => keyOf(value),
    (row) => createRow(columns, row),
  );
  const show = (values: readonly T[]) => {
    const largest = columns.map(({ size }) => (size ? Math.max(0, ...values.map(size)) : 0));
    list.show(values.map((value) => ({ value, largest })));
  };
  return { root, show };
}

function createRow<T>(columns: readonly DataColumn<T>[], first: Row<T>): Item<Row<T>> {
  const cells = columns.map(({ isNumber, size }, index) => {
    const text = element("span", { class: "cell-text" });
    const bar = size ? element("span", { class: "bar" }) : null;
    const classes = [isNumber ? "number" : "", size ? "has-bar" : ""].join(" ").trim();
    const cell =
      index === 0
        ? element("th", { scope: "row", ...(classes ? { class: classes } : {}) }, bar, text)
        : element("td", classes ? { class: classes } : {}, bar, text);
    return { cell, text, bar };
  });
  const update = ({ value, largest }: Row<T>) => {
    columns.forEach((column, index) => {
      const cell = cells[index];
      if (!cell) return;
      const text = shown(column.text(value));
      setText(cell.text, text);
      cell.text.title = text.length > 30 ? text : "";
      if (column.tone) cell.text.dataset["tone"] = column.tone(value);
      const most = largest[index] ?? 0;
      if (cell.bar && column.size)
        cell.bar.style.width = `calc(${most > 0 ? column.size(value) / most : 0} * (100% - 0.6rem))`;
    });
  };
  update(first);
  return { root: element("tr", {}, ...cells.map(({ cell }) => cell)), update };
}
