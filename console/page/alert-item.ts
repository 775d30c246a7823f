import type { FraudMessage } from "../messages";
import { element, setText, spoken } from "./elements";
import { evidenceSentence, ruleTitle } from "./evidence";
import type { Item } from "./keyed-list";
import { money, score } from "./numbers";
import { followLink } from "./route";
import { shown } from "./shown-text";
import { setTime, timeElement } from "./times";

export type Alert = FraudMessage["alerts"][number];

/** One flagged purchase; opened, it shows why it was flagged. */
export function alertItem(first: Alert): Item<Alert> {
  const time = timeElement("time");
  const age = timeElement("about");
  const amount = element("span");
  const merchant = element("span", { class: "clamp" });
  const customer = element("span", { class: "mono clamp" });
  const status = element("span");
  const value = element("span", { class: "score" });
  const rules = element("span", { class: "chips" });
  const sentences = element("ul", { class: "evidence" });
  const ids = element("p", { class: "note mono" });
  const follow = element("a", {}, "Follow this purchase");
  const cell = (label: string, name: string, ...content: readonly (Node | string)[]) =>
    element("span", { class: `cell ${name}` }, spoken(`${label}: `), ...content);

  const root = element(
    "li",
    {},
    element(
      "details",
      { class: "row" },
      element(
        "summary",
        { class: "alert-grid" },
        cell("Score", "is-score", value),
        cell("Time", "is-time", time, " ", element("span", { class: "note" }, age, " ago")),
        cell("Amount", "is-amount", amount),
        cell("Merchant", "is-merchant", merchant),
        cell("Customer", "is-customer", customer),
        cell("Bank", "is-status", status),
        cell("Rules", "is-rules", rules),
      ),
      element("div", { class: "row-body" }, sentences, ids, element("p", {}, follow)),
    ),
  );

  let told = "";
  const update = (alert: Alert) => {
    setTime(time, alert.timeMs);
    setTime(age, alert.timeMs);
    setText(amount, money(alert.amount));
    setText(merchant, shown(alert.merchant));
    setText(customer, shown(alert.customerId));
    setText(status, shown(alert.status));
    setText(value, score(alert.score));
    value.dataset["tone"] = alert.score >= 0.85 ? "bad" : "warn";
    setText(ids, `Purchase ${shown(alert.eventId)} of customer ${shown(alert.customerId)}`);
    follow.setAttribute("href", followLink(alert.eventId));
    const evidence = JSON.stringify(alert.evidence);
    if (evidence === told) return;
    told = evidence;
    rules.replaceChildren(
      ...alert.evidence.map(({ rule }) => element("span", { class: "chip" }, ruleTitle(rule))),
    );
    sentences.replaceChildren(
      ...alert.evidence.map(({ rule, values }) =>
        element("li", {}, element("b", {}, `${ruleTitle(rule)}:`), " ", evidenceSentence(rule, values)),
      ),
    );
  };
  update(first);
  return { root, update };
}
