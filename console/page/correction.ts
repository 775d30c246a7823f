import type { QuarantineMessage, Resent } from "../messages";
import { element, newId, setHidden, setText } from "./elements";
import { sendAgain } from "./resend-client";
import { errorBox } from "./result-table";
import { followLink } from "./route";
import { shown } from "./shown-text";
import { setTime, timeElement } from "./times";

const mostSeconds = 60;

type Refused = QuarantineMessage["newest"][number];

/**
 * The way back for a refused record: a form for the corrected record, or where that was sent.
 * @param value the record's bytes; null when it has none
 */
export function correction(record: Refused, value: Uint8Array | null) {
  const { topic, partition, offset, bytes } = record;
  const id = newId("correction");
  const isWhole = value !== null && value.length === bytes;
  const text = element("textarea", { id, rows: "8", spellcheck: "false", autocomplete: "off" });
  // What is not UTF-8 can't be corrected as text: it shows as a replacement character.
  if (isWhole) text.value = new TextDecoder().decode(value);
  const send = element("button", { type: "submit", class: "primary" }, `Send to ${shown(topic)}`);
  const progress = element("p", { class: "note", role: "status", hidden: "" }, "Sending …");
  const failed = element("div");
  const advice = isWhole
    ? "The refused record stays where it is. The corrected one is a new record of the topic, and is sent once."
    : "The record is longer than what is shown: put the whole corrected record here.";
  const form = element(
    "form",
    { class: "query", hidden: "" },
    element("label", { for: id }, "Corrected record"),
    text,
    element("p", { class: "note" }, advice),
    element("div", { class: "actions" }, send, progress),
    failed,
  );
  const open = element("button", { type: "button", class: "small" }, "Correct and send again");
  open.addEventListener("click", () => {
    setHidden(open, true);
    setHidden(form, false);
    text.focus();
  });
  const sentAt = timeElement("both");
  const place = element("a", { href: "#" });
  const by = element("span");
  const sent = element("p", { class: "note", role: "status" }, by, " ", sentAt, " as ", place, ".");
  const update = (resent: Resent | null) => {
    setHidden(sent, resent === null);
    if (resent === null) return;
    setHidden(open, true);
    setHidden(form, true);
    setText(by, `Sent again by ${shown(resent.by)}`);
    setTime(sentAt, resent.atMs);
    setText(place, resent.record);
    place.setAttribute("href", followLink(resent.record));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void (async () => {
      send.disabled = true;
      setHidden(progress, false);
      const signal = AbortSignal.timeout(mostSeconds * 1000);
      const answer = await sendAgain({ topic, partition, offset, value: text.value }, signal);
      setHidden(progress, true);
      send.disabled = false;
      failed.replaceChildren(...("error" in answer ? [errorBox(answer.error)] : []));
      if (!("error" in answer)) update(answer);
    })();
  });
  update(record.resent);
  return { root: element("div", { class: "correction" }, open, form, sent), update };
}
