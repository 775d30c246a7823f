import type { TruthMessage } from "../messages";
import { dataTable } from "./data-table";
import { element, section, setHidden } from "./elements";
import { figureCard } from "./figure-card";
import { count, percent } from "./numbers";
import { store } from "./store";
import { setTime, timeElement } from "./times";

type Kind = TruthMessage["kinds"][number];

const share = (part: number, all: number): number | null => (all > 0 ? part / all : null);

/** What the rules caught of the frauds that EventSim says it committed; hidden where nobody tells the truth. */
export function truthPanel(): { readonly root: HTMLElement } {
  const precision = figureCard("Precision");
  const recall = figureCard("Recall");
  const since = timeElement("both");
  const kinds = dataTable<Kind>("Frauds by kind", ({ kind }) => kind, [
    { label: "Kind", text: ({ kind }) => kind.replaceAll("_", " ") },
    { label: "Caught", isNumber: true, text: ({ frauds, caught }) => `${count(caught)} of ${count(frauds)}` },
  ]);
  const root = section(
    "Against EventSim's truth",
    { aside: [element("p", { class: "as-of" }, "since ", since)] },
    element(
      "p",
      { class: "note" },
      "EventSim says which purchases are frauds. Real producers can't: this is only known of a simulation.",
    ),
    element("dl", { class: "cards" }, precision.root, recall.root),
    kinds.root,
  );
  root.hidden = true;
  store.follow("truth", ({ sinceMs, alerts, right, frauds, caught, kinds: byKind }) => {
    setHidden(root, false);
    setTime(since, sinceMs);
    precision.show(percent(share(right, alerts)), `${count(right)} of ${count(alerts)} alerts are frauds`);
    recall.show(percent(share(caught, frauds)), `${count(caught)} of ${count(frauds)} frauds are caught`);
    kinds.show(byKind);
  });
  return { root };
}
