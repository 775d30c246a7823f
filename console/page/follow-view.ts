import { element, section, setHidden, setText } from "./elements";
import { followRecord } from "./follow-client";
import { followedRecord } from "./followed-record";
import { errorBox } from "./result-table";
import { followLink, type Route } from "./route";
import { shown } from "./shown-text";
import { viewRoot, type View } from "./view";

/** Where a record is in every layer, and why it is not where one would expect it. */
export function followView(): View {
  const title = "Follow a record";
  const input = element("input", {
    id: "record",
    type: "text",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    "aria-describedby": "record-kinds",
  });
  const go = element("button", { type: "submit", class: "primary" }, "Follow");
  const progress = element("p", { class: "note", role: "status", hidden: "" }, "Looking through the lake …");
  const note = element("p", { class: "empty", role: "status" }, "Nothing has been looked for yet.");
  const records = element("ul", { class: "rows" });
  const failed = element("div");
  const form = element(
    "form",
    { class: "query" },
    element("label", { for: "record" }, "Record"),
    input,
    element(
      "p",
      { class: "note", id: "record-kinds" },
      "An event_id, a customer_id, or topic/partition/offset, for example listen_events/0/42",
    ),
    element("div", { class: "actions" }, go, progress),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = followLink(input.value.trim());
    if (location.hash === link) void look();
    else location.hash = link;
  });

  let running: AbortController | null = null;
  const look = async () => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    setHidden(progress, false);
    const answer = await followRecord(input.value, controller.signal);
    // The reader has asked for another record in the meantime.
    if (controller.signal.aborted) return;
    setHidden(progress, true);
    const isError = "error" in answer;
    setText(note, isError ? "" : shown(answer.note));
    setHidden(note, isError);
    failed.replaceChildren(...(isError ? [errorBox(answer.error)] : []));
    records.replaceChildren(...(isError ? [] : answer.records.map(followedRecord)));
  };

  const enter = ({ rest }: Route) => {
    if (rest === "") return;
    input.value = rest;
    void look();
  };
  const intro =
    "Where a record is in every layer, with times and files, and why it is not where one would expect it.";
  const root = viewRoot(
    title,
    intro,
    section("Which record", {}, form),
    section("Its way", {}, note, failed, records),
  );
  return { title, root, enter };
}
