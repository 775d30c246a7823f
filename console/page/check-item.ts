import type { CheckMessage } from "../messages";
import { element, setAttribute, setText } from "./elements";
import type { Item } from "./keyed-list";
import { seconds } from "./numbers";
import { shown } from "./shown-text";
import { setTime, timeElement } from "./times";

const statusNames: Readonly<Record<CheckMessage["status"], string>> = {
  passed: "passed",
  failed: "failed",
  "not-reached": "not reached",
};

/** One check with its last outcome. */
export function checkItem(first: CheckMessage): Item<CheckMessage> {
  const status = element("span", { class: "stop-state" });
  const text = element("span");
  const took = element("span");
  const time = timeElement("both");
  const root = element(
    "li",
    {},
    status,
    element("b", {}, shown(first.name)),
    text,
    element("span", { class: "note check-time" }, time, ", took ", took),
  );
  const update = (check: CheckMessage) => {
    setAttribute(root, "data-state", check.status);
    setText(status, statusNames[check.status]);
    setText(text, shown(check.text));
    setText(took, seconds(check.seconds));
    setTime(time, check.atMs);
  };
  update(first);
  return { root, update };
}
