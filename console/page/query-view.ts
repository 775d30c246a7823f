import { element, section, setHidden, setText } from "./elements";
import { duration } from "./numbers";
import { runQuery } from "./query-client";
import { errorBox, resultTable } from "./result-table";
import type { Route } from "./route";
import { viewRoot, type View } from "./view";

/** The README's examples. */
const examples = [
  {
    name: "Most played songs",
    sql: "SELECT title, artist_name, sum(plays) AS plays\nFROM lake.gold_fct_daily_song_plays\nGROUP BY ALL\nORDER BY plays DESC\nLIMIT 5",
  },
  {
    name: "Newest fraud alerts",
    sql: "SELECT event_time, customer_id, amount, fraud_score, rules\nFROM lake.gold_fct_fraud_alerts\nORDER BY event_time DESC\nLIMIT 5",
  },
];

export function queryView(): View {
  const title = "Query";
  const text = element("textarea", {
    id: "sql",
    rows: "9",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    "aria-describedby": "sql-keys",
  });
  text.value = examples[0]?.sql ?? "";
  const run = element("button", { type: "submit", class: "primary" }, "Run");
  const explain = element("button", { type: "button" }, "Explain");
  const cancel = element("button", { type: "button", disabled: "" }, "Cancel");
  const progress = element("p", { class: "note", hidden: "" });
  const answer = element("div", { class: "answer" });
  const empty = element("p", { class: "empty" }, "Nothing has been run yet.");
  answer.append(empty);
  const form = element(
    "form",
    { class: "query" },
    element("label", { for: "sql" }, "SQL for ClickHouse"),
    text,
    element(
      "div",
      { class: "actions" },
      run,
      explain,
      cancel,
      element("span", { class: "note", id: "sql-keys" }, "Ctrl+Enter runs it"),
      progress,
      element(
        "span",
        { class: "examples" },
        element("span", { class: "note" }, "Examples:"),
        ...examples.map((example) => {
          const button = element("button", { type: "button", class: "small" }, example.name);
          button.addEventListener("click", () => {
            text.value = example.sql;
            text.focus();
          });
          return button;
        }),
      ),
    ),
  );

  let running: AbortController | null = null;
  const start = async (sql: string) => {
    if (running !== null || sql.trim() === "") return;
    const controller = new AbortController();
    running = controller;
    const startedMs = Date.now();
    const tell = () => setText(progress, `Running for ${duration(Date.now() - startedMs)}`);
    const ticking = setInterval(tell, 1000);
    tell();
    setHidden(progress, false);
    run.disabled = true;
    explain.disabled = true;
    cancel.disabled = false;
    const said = await runQuery(sql, controller.signal);
    clearInterval(ticking);
    running = null;
    const hadFocus = document.activeElement === cancel;
    run.disabled = false;
    explain.disabled = false;
    cancel.disabled = true;
    if (hadFocus) run.focus();
    setHidden(progress, true);
    answer.replaceChildren("error" in said ? errorBox(said.error) : resultTable(said, "query", sql));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void start(text.value);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void start(text.value);
  });
  // ClickHouse's plan of the statement, with the parts and indexes that it reads; nothing of it is run.
  explain.addEventListener("click", () => {
    const sql = text.value.trim();
    void start(sql === "" || /^explain\b/i.test(sql) ? sql : `EXPLAIN indexes = 1 ${sql}`);
  });
  cancel.addEventListener("click", () => running?.abort());

  const enter = ({ sql }: Route) => {
    if (sql !== null) text.value = sql;
  };
  const root = viewRoot(
    title,
    "Reads only: gold is in the database lake, as imported tables and straight from HDFS (…_hdfs).",
    section("Statement", {}, form),
    section("Answer", {}, answer),
  );
  return { title, root, enter };
}
