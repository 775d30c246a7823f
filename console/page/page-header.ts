import type { Connection } from "./connection";
import { element, setAttribute, setHidden, setText } from "./elements";
import { seconds } from "./numbers";
import { navigated, type NavigatedName, type ViewName } from "./route";
import { shown } from "./shown-text";
import { store } from "./store";
import { setTime, timeElement, timeText } from "./times";

const navNames: Readonly<Record<NavigatedName, string>> = {
  flow: "Flow",
  business: "Business",
  fraud: "Fraud",
  quarantine: "Quarantine",
  follow: "Follow",
  tables: "Tables",
  checks: "Checks",
  query: "Query",
};

export interface PageHeader {
  readonly root: HTMLElement;
  readonly showConnection: (connection: Connection) => void;
  readonly showView: (view: ViewName) => void;
}

export function pageHeader(): PageHeader {
  const connection = element("span", {
    class: "connection",
    role: "status",
    "data-connection": "connecting",
  });
  const freshness = element("span", { class: "header-freshness" }, "Freshness p95 –");
  const age = timeElement("age");
  const stale = element("p", { class: "stale-note", hidden: "" }, "What is shown is ", age, " old.");
  const links = navigated.map((name) => ({
    name,
    link: element("a", { href: `#/${name}` }, navNames[name]),
  }));
  const nav = element(
    "nav",
    { "aria-label": "Views" },
    element("ul", {}, ...links.map(({ link }) => element("li", {}, link))),
  );
  const root = element(
    "header",
    {},
    element(
      "div",
      { class: "header-inner" },
      element("a", { class: "name", href: "#/flow" }, "Lake console"),
      nav,
      element("div", { class: "status" }, freshness, connection),
      stale,
    ),
  );
  store.follow("flow", ({ freshness: now, atMs }) => {
    setText(freshness, `Freshness p95 ${now ? seconds(now.p95) : "–"}`);
    setTime(age, atMs);
  });

  return {
    root,
    showConnection: (now) => {
      connection.dataset["connection"] = now.state;
      setText(connection, connectionText(now));
      const isStale = now.state === "silent" || now.state === "reconnecting";
      document.documentElement.classList.toggle("stale", isStale);
      setHidden(stale, !isStale || store.get("flow") === undefined);
    },
    showView: (view) => {
      for (const { name, link } of links) setAttribute(link, "aria-current", name === view ? "page" : null);
    },
  };
}

function connectionText(connection: Connection): string {
  switch (connection.state) {
    case "connecting":
      return "connecting";
    case "live":
      return "live";
    case "silent":
      return `nothing new since ${timeText(connection.sinceMs)}`;
    case "reconnecting":
      return `reconnecting since ${timeText(connection.sinceMs)}`;
  }
}

/** Warnings in whole sentences, such as about lost records. */
export function warningList(): HTMLElement {
  const list = element("ul");
  const root = element(
    "section",
    { class: "warnings", "aria-label": "Warnings", hidden: "" },
    element("p", { class: "warnings-head" }, "Warnings"),
    list,
  );
  let told = "";
  store.follow("flow", ({ warnings }) => {
    const all = warnings.join("\n");
    if (all === told) return;
    told = all;
    setHidden(root, warnings.length === 0);
    list.replaceChildren(...warnings.map((warning) => element("li", {}, shown(warning))));
  });
  return root;
}
