import { businessView } from "./business-view";
import { checksView } from "./checks-view";
import { connect } from "./connection";
import { element } from "./elements";
import { explainView } from "./explain-view";
import { flowView } from "./flow-view";
import { followView } from "./follow-view";
import { fraudView } from "./fraud-view";
import { pageHeader, warningList } from "./page-header";
import { quarantineView } from "./quarantine-view";
import { queryView } from "./query-view";
import { readRoute, type ViewName } from "./route";
import { tablesView } from "./tables-view";
import { keepAgesCurrent } from "./times";
import type { View } from "./view";

const makers: Readonly<Record<ViewName, () => View>> = {
  flow: flowView,
  business: businessView,
  fraud: fraudView,
  quarantine: quarantineView,
  follow: followView,
  explain: explainView,
  tables: tablesView,
  checks: checksView,
  query: queryView,
};

const views = new Map<ViewName, View>();

/** A view is created when the reader first opens it, and keeps its state. */
function viewOf(name: ViewName): View {
  const known = views.get(name);
  if (known) return known;
  const made = makers[name]();
  views.set(name, made);
  return made;
}

const header = pageHeader();
const skip = element("a", { class: "skip", href: "#main" }, "To the content");
const main = element("main", { id: "main", tabindex: "-1" });
document.body.prepend(skip, header.root, warningList(), main);
skip.addEventListener("click", (event) => {
  // The part behind # says which view is shown.
  event.preventDefault();
  main.focus();
});

const scrolledTo = new Map<View, number>();
let current: View | null = null;

function go(): void {
  const route = readRoute(location.hash);
  const view = viewOf(route.view);
  const isFirst = current === null;
  if (current !== view) {
    if (current) scrolledTo.set(current, scrollY);
    main.replaceChildren(view.root);
    current = view;
  }
  header.showView(route.view);
  view.enter?.(route);
  document.title = `${view.title} · Lake console`;
  if (isFirst) return;
  const heading = view.root.querySelector<HTMLElement>(".table-page h2") ?? view.root.querySelector("h1");
  heading?.focus({ preventScroll: true });
  scrollTo(0, route.rest === "" && route.sql === null ? (scrolledTo.get(view) ?? 0) : 0);
}

addEventListener("hashchange", go);
go();
keepAgesCurrent();
connect(header.showConnection);
