import type { FraudMessage } from "../messages";
import { alertItem, type Alert } from "./alert-item";
import { blockHead, emptyNote, noGold } from "./block-head";
import { dataTable } from "./data-table";
import { element, section, setHidden, setText } from "./elements";
import { ruleTitle } from "./evidence";
import { KeyedList } from "./keyed-list";
import { count, score } from "./numbers";
import { store } from "./store";
import { truthPanel } from "./truth-panel";
import { viewRoot, type View } from "./view";

type ScoreStep = FraudMessage["scores"][number];
type RuleCount = FraudMessage["rules"][number];

export function fraudView(): View {
  const title = "Fraud";
  const empty = emptyNote("Waiting for the console's server.");
  const none = emptyNote("No purchase has been flagged yet.");
  const alerts = alertList();
  const scores = dataTable<ScoreStep>("Flagged purchases by score", ({ from }) => from.toFixed(2), [
    { label: "Score", text: ({ from }) => `${score(from)} – ${score(Math.min(1, from + 0.05))}` },
    { label: "Alerts", isNumber: true, text: (step) => count(step.alerts), size: (step) => step.alerts },
  ]);
  const rules = dataTable<RuleCount>("Flagged purchases by rule", ({ rule }) => rule, [
    { label: "Rule", text: ({ rule }) => ruleTitle(rule) },
    { label: "Alerts", isNumber: true, text: (rule) => count(rule.alerts), size: (rule) => rule.alerts },
  ]);
  const truth = truthPanel();
  const heads = {
    alerts: blockHead("the newest alerts"),
    scores: blockHead("the scores"),
    rules: blockHead("the counts by rule"),
  };
  const blocks = element(
    "div",
    { class: "main-and-aside", hidden: "" },
    section("Newest alerts", { aside: heads.alerts.parts }, none, alerts.root),
    element(
      "div",
      { class: "stack" },
      truth.root,
      section("By rule", { aside: heads.rules.parts }, rules.root),
      section("By score", { aside: heads.scores.parts }, scores.root),
    ),
  );

  store.follow("fraud", (message) => {
    setText(empty, noGold);
    setHidden(empty, message.asOfMs !== null);
    setHidden(blocks, message.asOfMs === null);
    setHidden(none, message.alerts.length > 0);
    setHidden(alerts.root, message.alerts.length === 0);
    alerts.show(message.alerts);
    scores.show(message.scores);
    rules.show([...message.rules].sort((a, b) => b.alerts - a.alerts));
    for (const name of ["alerts", "scores", "rules"] as const)
      heads[name].show(message.asOfMs, message.sql[name]);
  });

  const intro =
    "Purchases that the rules flag, scored once when they arrive: 0 is harmless, from 0.5 on a purchase is flagged.";
  return { title, root: viewRoot(title, intro, empty, blocks) };
}

function alertList(): { readonly root: HTMLElement; readonly show: (alerts: readonly Alert[]) => void } {
  const rows = element("ul", { class: "rows" });
  const labels = ["Score", "Time", "Amount", "Merchant", "Customer", "Bank", "Rules"];
  const head = element(
    "div",
    { class: "alert-grid rows-head", "aria-hidden": "true" },
    ...labels.map((label) => element("span", {}, label)),
  );
  const list = new KeyedList<Alert>(rows, ({ eventId }) => eventId, alertItem);
  let before: readonly Alert[] = [];
  const show = (alerts: readonly Alert[]) => {
    const known = new Set(alerts.map(({ eventId }) => eventId));
    // Alerts that the reader has opened stay, even when newer ones have pushed them off the list.
    const open = before.filter(
      ({ eventId }) => !known.has(eventId) && list.rootOf(eventId)?.querySelector("details")?.open === true,
    );
    before = [...alerts, ...open];
    list.show(before);
  };
  return { root: element("div", {}, head, rows), show };
}
