import { element, setHidden, setText } from "./elements";
import { figureCard } from "./figure-card";
import { count, counted, hours, money, percent, roundMoney } from "./numbers";
import { noGold } from "./block-head";
import { ruleTitle } from "./evidence";
import { shown } from "./shown-text";
import { store } from "./store";
import { dayText, setTime, timeElement } from "./times";

/** The first figures that a newcomer wants to see: songs played, money, fraud caught. */
export function headlines(): HTMLElement {
  const songs = figureCard("Songs played");
  const listened = figureCard("Time listened");
  const customers = figureCard("Active customers");
  const revenue = figureCard("Revenue");
  const frauds = figureCard("Frauds caught");
  const cards = element(
    "dl",
    { class: "cards" },
    ...[songs, listened, customers, revenue, frauds].map(({ root }) => root),
  );
  const day = element("span", {}, "");
  const title = element("h2", { class: "eyebrow" }, "The newest day ", day);
  const empty = element("p", { class: "empty" }, noGold);
  const song = element("span", { class: "clamp" });
  const plays = element("span", { class: "note plays" });
  const songLine = element(
    "p",
    { class: "headline", hidden: "" },
    element("b", {}, "Most played"),
    song,
    plays,
  );
  const alert = element("span");
  const alertTime = timeElement("about");
  const alertLine = element(
    "p",
    { class: "headline", hidden: "" },
    element("b", {}, element("a", { href: "#/fraud" }, "Newest alert")),
    element("span", {}, alert, " · ", alertTime, " ago"),
  );
  const lines = element("div", { class: "headline-lines" }, songLine, alertLine);

  store.follow("business", ({ days, songs: top }) => {
    const [newest] = days;
    setHidden(empty, newest !== undefined);
    setHidden(cards, newest === undefined);
    setHidden(title, newest === undefined);
    if (newest) {
      setText(day, `${dayText(newest.date)} (UTC)`);
      songs.show(count(newest.listens), each(newest.listens, newest.activeCustomers, ""));
      listened.show(
        hours(newest.listenedHours),
        each(newest.listenedHours * 60, newest.activeCustomers, " min"),
      );
      customers.show(count(newest.activeCustomers), `${count(newest.freeCustomers)} of them free`);
      revenue.show(roundMoney(newest.revenue), counted(newest.purchases, "purchase"));
      const share = newest.purchases > 0 ? newest.fraudAlerts / newest.purchases : null;
      frauds.show(count(newest.fraudAlerts), `${percent(share)} of purchases`);
    }
    const [first] = top;
    setHidden(songLine, first === undefined);
    if (!first) return;
    setText(song, `${shown(first.title)}, ${shown(first.artist)}`);
    setText(plays, counted(first.plays, "play"));
  });
  store.follow("fraud", ({ alerts }) => {
    const [newest] = alerts;
    setHidden(alertLine, newest === undefined);
    if (!newest) return;
    const rules = newest.evidence.map(({ rule }) => ruleTitle(rule)).join(", ");
    setText(alert, `${rules}: ${money(newest.amount)} at ${shown(newest.merchant)}`);
    setTime(alertTime, newest.timeMs);
  });

  return element("section", { class: "headlines", "aria-label": "Headlines" }, title, cards, empty, lines);
}

function each(all: number, customers: number, unit: string): string {
  return customers > 0 ? `${count(all / customers)}${unit} a customer` : "";
}
