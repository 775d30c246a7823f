import { hopNames } from "../flow/hop-names";
import { element, setHidden, setText } from "./elements";
import { hopBox, hopTitles } from "./hop-box";
import { count, percent, rate } from "./numbers";
import { followRecentFlow } from "./recent-flow";
import { shown } from "./shown-text";
import { store } from "./store";

/** The path from EventSim to ClickHouse, drawn as boxes with arrows. */
export function pipeline(): HTMLElement {
  const boxes = hopNames.map((name) => hopBox(name));
  const sent = element("dd", {}, "–");
  const source = element(
    "li",
    { class: "hop source", "data-state": "idle" },
    element("div", { class: "hop-head" }, element("h3", {}, "EventSim")),
    element("p", { class: "role" }, "customers, purchases, fraud"),
    element("dl", { class: "pairs" }, element("div", {}, element("dt", {}, "sends"), sent)),
  );
  const refused = element("span", { class: "figure" }, "–");
  const refusedRate = element("dd", {}, "–");
  const refusedShare = element("dd", {}, "–");
  const quarantine = element(
    "li",
    { class: "hop branch" },
    element(
      "div",
      { class: "hop-head" },
      element("h3", {}, element("a", { href: "#/quarantine" }, "Quarantine")),
    ),
    element("p", { class: "role" }, "malformed, with a reason"),
    element("p", { class: "hop-records" }, refused, " records"),
    element(
      "dl",
      { class: "pairs" },
      element("div", {}, element("dt", {}, "rate"), refusedRate),
      element("div", {}, element("dt", {}, "of all"), refusedShare),
    ),
  );

  store.follow("flow", (flow) => {
    for (const [index, name] of hopNames.entries()) {
      const hop = flow.hops.find((each) => each.name === name);
      if (hop) boxes[index]?.show(hop);
    }
    const kafka = flow.hops.find(({ name }) => name === "kafka");
    setText(sent, rate(kafka?.perSecond ?? 0));
    source.dataset["state"] = (kafka?.perSecond ?? 0) > 0 ? "flowing" : "idle";
    const { records, perSecond } = flow.quarantine;
    setText(refused, count(records));
    setText(refusedRate, rate(perSecond));
    quarantine.dataset["state"] = perSecond > 0 ? "flowing" : "idle";
    // Bronze's count includes the records that it refused.
    const taken = flow.hops.find(({ name }) => name === "bronze")?.records ?? 0;
    setText(refusedShare, percent(taken > 0 ? records / taken : null));
  });
  followRecentFlow((points) => {
    const times = points.map(({ atMs }) => atMs);
    for (const [index, box] of boxes.entries())
      box.showCourse({ times, values: points.map(({ perSecond }) => perSecond[index] ?? null) });
  });

  const reasons = element("li", { class: "reasons", hidden: "" });
  store.follow("flow", ({ hops }) => {
    const told = hops.filter(({ why }) => why !== null);
    setHidden(reasons, told.length === 0);
    setText(reasons, told.map(({ name, why }) => `${hopTitles[name]}: ${shown(why ?? "")}`).join("\n"));
  });

  const [kafka, bronze, ...later] = boxes.map(({ root }) => root);
  return element(
    "ol",
    { class: "pipeline" },
    source,
    kafka ?? null,
    bronze ?? null,
    quarantine,
    ...later,
    reasons,
  );
}
