import type { QuarantineMessage } from "../messages";
import { correction } from "./correction";
import { element, setText, spoken } from "./elements";
import type { Item } from "./keyed-list";
import { bytes as byteCount, count } from "./numbers";
import { bytesAsHex, bytesAsText, bytesOfBase64 } from "./record-bytes";
import { followLink } from "./route";
import { shown } from "./shown-text";
import { timeElement } from "./times";

export type Refused = QuarantineMessage["newest"][number];
export type Notation = "text" | "hex";

export function refusedKey({ topic, partition, offset, arrivedMs }: Refused): string {
  return `${topic} ${partition} ${offset} ${arrivedMs}`;
}

/** One record of the quarantine. It never changes; how its bytes are shown does, and whether it was sent again. */
export function refusedItem(
  record: Refused,
  notation: Notation,
): Item<Refused> & {
  readonly write: (notation: Notation) => void;
} {
  const value = record.valueBase64 === null ? null : bytesOfBase64(record.valueBase64);
  const text = value === null ? "no value" : bytesAsText(value);
  const wayBack = correction(record, value);
  const content = element("pre", { class: "bytes" });
  const root = element(
    "li",
    {},
    element(
      "details",
      { class: "row" },
      element(
        "summary",
        {},
        element(
          "span",
          { class: "refused-head" },
          element("b", {}, shown(record.topic)),
          element("span", { class: "note mono" }, `partition ${record.partition}, offset ${record.offset}`),
          element("span", { class: "note" }, timeElement("about", record.arrivedMs), " ago"),
        ),
        element("span", { class: "reason" }, shown(record.reason)),
        element("span", { class: "preview mono" }, spoken("Begins with: "), text.slice(0, 160)),
      ),
      element(
        "div",
        { class: "row-body" },
        content,
        element(
          "p",
          { class: "note" },
          "Arrived ",
          timeElement("both", record.arrivedMs),
          ". ",
          sizeNote(record, value),
          " ",
          element(
            "a",
            { href: followLink(`${record.topic}/${record.partition}/${record.offset}`) },
            "Follow this record",
          ),
        ),
        wayBack.root,
      ),
    ),
  );
  const write = (as: Notation) => {
    content.classList.toggle("hex", as === "hex");
    setText(content, value === null ? "no value" : as === "hex" ? bytesAsHex(value) : text);
  };
  write(notation);
  return { root, update: ({ resent }) => wayBack.update(resent), write };
}

function sizeNote({ bytes }: Refused, value: Uint8Array | null): string {
  if (value === null) return "A record without a value.";
  if (value.length < bytes) return `The first ${count(value.length)} of ${byteCount(bytes)}.`;
  return `${byteCount(bytes)}.`;
}
