import { lineChart } from "./chart";
import { element, section, setHidden, setText } from "./elements";
import { headlines } from "./headlines";
import { seconds } from "./numbers";
import { pipeline } from "./pipeline";
import { followRecentFlow } from "./recent-flow";
import { store } from "./store";
import { viewRoot, type View } from "./view";

const states = [
  ["flowing", "takes records right now"],
  ["idle", "has all that the hop before it has"],
  ["waiting", "nothing has come here yet"],
  ["stalled", "lacks records and takes none"],
] as const;

export function flowView(): View {
  const title = "Flow";
  const root = viewRoot(
    title,
    "Simulated customers of a music service, from the event to a table that can be queried.",
    headlines(),
    section("From EventSim to ClickHouse", { class: "wide" }, pipeline()),
    element("div", { class: "side-by-side" }, freshness(), legend()),
  );
  return { title, root };
}

function freshness(): HTMLElement {
  const p95 = element("b", {}, "–");
  const p50 = element("b", {}, "–");
  const chart = lineChart({ height: 190, label: "p95", text: seconds, isSpark: false });
  const none = element("p", { class: "empty" }, "Nothing has reached ClickHouse yet.");
  const note = element(
    "p",
    { class: "note" },
    "From Kafka to a reader of ClickHouse: half of the records within ",
    p50,
    ", 95% within ",
    p95,
    ". The line is the latter, over the last 15 minutes.",
  );
  store.follow("flow", ({ freshness: now }) => {
    setText(p95, now ? seconds(now.p95) : "–");
    setText(p50, now ? seconds(now.p50) : "–");
  });
  followRecentFlow((points) => {
    const values = points.map(({ p95Seconds }) => p95Seconds);
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    setHidden(none, last !== undefined);
    setHidden(note, last === undefined);
    setHidden(chart.root, last === undefined);
    chart.show(
      { times: points.map(({ atMs }) => atMs), values },
      last === undefined
        ? "Freshness: nothing has reached ClickHouse yet"
        : `Freshness p95, last 15 minutes: now ${seconds(last)}, between ${seconds(Math.min(...known))} and ${seconds(Math.max(...known))}`,
    );
  });
  return section("Freshness", {}, none, note, chart.root);
}

function legend(): HTMLElement {
  return section(
    "What the states mean",
    {},
    element(
      "dl",
      { class: "legend" },
      ...states.map(([state, meaning]) =>
        element(
          "div",
          {},
          element("dt", {}, element("span", { class: "state", "data-state": state }, state)),
          element("dd", {}, meaning),
        ),
      ),
    ),
  );
}
