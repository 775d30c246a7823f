import type { QuarantineMessage } from "../messages";
import { emptyNote } from "./block-head";
import { dataTable } from "./data-table";
import { element, section, setHidden, setText } from "./elements";
import { KeyedList } from "./keyed-list";
import { count, percent } from "./numbers";
import { refusedItem, refusedKey, type Notation, type Refused } from "./refused-item";
import { store } from "./store";
import { viewRoot, type View } from "./view";

type Topic = QuarantineMessage["topics"][number];
type Reason = QuarantineMessage["reasons"][number];

const share = ({ accepted, refused }: Topic): number | null =>
  accepted + refused > 0 ? refused / (accepted + refused) : null;

export function quarantineView(): View {
  const title = "Quarantine";
  const empty = emptyNote("Waiting for the console's server.");
  const noReasons = emptyNote("No record has been refused so far.");
  const noRecords = emptyNote(
    "No record has been refused so far. To see some: npm start -- --malformed 0.01",
  );
  const topics = dataTable<Topic>("Records by topic", ({ topic }) => topic, [
    { label: "Topic", text: ({ topic }) => topic },
    { label: "Accepted", isNumber: true, text: ({ accepted }) => count(accepted) },
    { label: "Refused", isNumber: true, text: ({ refused }) => count(refused) },
    {
      label: "Share refused",
      isNumber: true,
      text: (topic) => percent(share(topic)),
      size: (topic) => share(topic) ?? 0,
    },
  ]);
  const reasons = dataTable<Reason>("Reasons", ({ topic, reason }) => `${topic}\n${reason}`, [
    { label: "Reason", text: ({ reason }) => reason },
    { label: "Topic", text: ({ topic }) => topic },
    {
      label: "Records",
      isNumber: true,
      text: ({ records }) => count(records),
      size: ({ records }) => records,
    },
  ]);
  const records = refusedList();
  const blocks = element(
    "div",
    { class: "stack", hidden: "" },
    element(
      "div",
      { class: "halves" },
      section("By topic, since the lake began", {}, topics.root),
      section("Reasons, of the newest batches", {}, noReasons, reasons.root),
    ),
    section("Newest refused records", { aside: [records.choice] }, noRecords, records.root),
  );

  store.follow("quarantine", (message) => {
    setText(empty, "No batch of bronze yet: the first one takes some seconds.");
    const isEmpty = message.topics.every(({ accepted, refused }) => accepted + refused === 0);
    setHidden(empty, !isEmpty);
    setHidden(blocks, isEmpty);
    setHidden(noReasons, message.reasons.length > 0);
    setHidden(reasons.root, message.reasons.length === 0);
    setHidden(noRecords, message.newest.length > 0);
    setHidden(records.choice, message.newest.length === 0);
    topics.show(message.topics);
    reasons.show(message.reasons);
    records.show(message.newest);
  });

  const intro = "Records that bronze refuses, each with the reason. They stay on HDFS, byte for byte.";
  return { title, root: viewRoot(title, intro, empty, blocks) };
}

function refusedList() {
  let notation: Notation = "text";
  const root = element("ul", { class: "rows" });
  const writers = new Map<string, (notation: Notation) => void>();
  const list = new KeyedList<Refused>(root, refusedKey, (record) => {
    const item = refusedItem(record, notation);
    writers.set(refusedKey(record), item.write);
    return item;
  });
  const buttons = (["text", "hex"] as const).map((name) => {
    const button = element("button", { type: "button", class: "small" }, name === "text" ? "Text" : "Hex");
    button.addEventListener("click", () => {
      notation = name;
      press();
      for (const write of writers.values()) write(name);
    });
    return { name, button };
  });
  const press = () => {
    for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(name === notation));
  };
  press();
  const choice = element(
    "div",
    { class: "choice", role: "group", "aria-label": "Bytes as" },
    ...buttons.map(({ button }) => button),
  );
  const known = new Map<string, Refused>();
  const show = (newest: readonly Refused[]) => {
    const keys = new Set(newest.map(refusedKey));
    for (const record of newest) known.set(refusedKey(record), record);
    // Records that the reader has opened stay, even when newer ones have pushed them off the list.
    for (const key of known.keys())
      if (!keys.has(key) && list.rootOf(key)?.querySelector("details")?.open !== true) {
        known.delete(key);
        writers.delete(key);
      }
    list.show([...newest, ...[...known.values()].filter((record) => !keys.has(refusedKey(record)))]);
  };
  return { root, choice, show };
}
