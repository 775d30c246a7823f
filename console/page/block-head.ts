import { element, setHidden } from "./elements";
import { queryLink } from "./route";
import { setTime, timeElement } from "./times";

export interface BlockHead {
  readonly parts: readonly HTMLElement[];
  readonly show: (asOfMs: number | null, sql: string) => void;
}

/** Shown beside a block's heading: how old its figures are, and the SQL that they come from. */
export function blockHead(what: string): BlockHead {
  const time = timeElement("both");
  const asOf = element("p", { class: "as-of", hidden: "" }, "as of ", time);
  const link = element(
    "a",
    { class: "button small", href: "#/query", "aria-label": `SQL of ${what}` },
    "SQL",
  );
  return {
    parts: [asOf, link],
    show: (asOfMs, sql) => {
      setHidden(asOf, asOfMs === null);
      setTime(time, asOfMs);
      const href = queryLink(sql);
      if (link.getAttribute("href") !== href) link.setAttribute("href", href);
    },
  };
}

export const noGold = "No gold yet: the first run of silver and gold takes about a minute.";

export function emptyNote(text: string): HTMLElement {
  return element("p", { class: "empty" }, text);
}
