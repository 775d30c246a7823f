import type { HopName } from "../flow/hop-names";
import type { HopMessage } from "../messages";
import { lineChart, type Line } from "./chart";
import { element, setHidden, setText } from "./elements";
import { count, rate } from "./numbers";
import { shown } from "./shown-text";
import { setTime, timeElement } from "./times";

export const hopTitles: Readonly<Record<HopName, string>> = {
  kafka: "Kafka",
  bronze: "Bronze",
  silver: "Silver",
  gold: "Gold",
  clickhouse: "ClickHouse",
};

const roles: Readonly<Record<HopName, string>> = {
  kafka: "event topics",
  bronze: "checked records on HDFS",
  silver: "cleaned, without duplicates",
  gold: "reporting tables",
  clickhouse: "ready to be queried",
};

export interface HopBox {
  readonly root: HTMLElement;
  readonly show: (hop: HopMessage) => void;
  readonly showCourse: (line: Line) => void;
}

/** One hop in the picture of the flow. */
export function hopBox(name: HopName): HopBox {
  const title = hopTitles[name];
  const state = element("span", { class: "state", "data-state": "waiting" }, "waiting");
  const records = element("span", { class: "figure" }, "–");
  const perSecond = element("dd", {}, "–");
  const behind = element("dd", {}, "–");
  const newest = timeElement("age");
  const age = element("div", {}, element("dt", {}, "newest is"), element("dd", {}, newest, " old"));
  const why = element("p", { class: "why", hidden: "" });
  const spark = lineChart({ height: 36, label: title, text: rate, isSpark: true });
  const root = element(
    "li",
    { class: "hop", "data-state": "waiting" },
    element("div", { class: "hop-head" }, element("h3", {}, title), state),
    element("p", { class: "role" }, roles[name]),
    element("p", { class: "hop-records" }, records, " records"),
    element(
      "dl",
      { class: "pairs" },
      element("div", {}, element("dt", {}, "rate"), perSecond),
      ...(name === "kafka" ? [] : [element("div", {}, element("dt", {}, "behind"), behind)]),
      age,
    ),
    spark.root,
    why,
  );
  let now = 0;

  return {
    root,
    show: (hop) => {
      now = hop.perSecond;
      root.dataset["state"] = hop.state;
      state.dataset["state"] = hop.state;
      setText(state, hop.state);
      setText(records, count(hop.records));
      setText(perSecond, rate(hop.perSecond));
      setText(behind, count(hop.lag));
      behind.dataset["tone"] = hop.state === "stalled" ? "bad" : "";
      setTime(newest, hop.newestMs);
      setHidden(age, hop.newestMs === null);
      setHidden(why, hop.why === null);
      if (hop.why !== null) setText(why, shown(hop.why));
    },
    showCourse: (line) => {
      const most = Math.max(0, ...line.values.map((value) => value ?? 0));
      spark.show(line, `${title}, last 15 minutes: now ${rate(now)}, at most ${rate(most)}`);
    },
  };
}
