import type { TableState } from "../messages";
import { element, setAttribute, setHidden, setText } from "./elements";
import { shown } from "./shown-text";
import { setTime, timeElement } from "./times";

const stateNames: Readonly<Record<TableState["state"], string>> = {
  right: "right",
  unknown: "unknown",
  wrong: "wrong",
};

export interface StateMark {
  readonly root: HTMLElement;
  readonly show: (state: TableState | undefined) => void;
}

/** A table's colour, with the word for it. */
export function stateMark(): StateMark {
  const root = element("span", { class: "table-state" });
  const show = (now: TableState | undefined) => {
    const state = now?.state ?? "unknown";
    setAttribute(root, "data-state", state);
    setText(root, stateNames[state]);
  };
  show(undefined);
  return { root, show };
}

/** The same with its reason and, where the checks decided, when they looked. */
export function stateInWords(): StateMark {
  const mark = stateMark();
  const why = element("span");
  const time = timeElement("both");
  const looked = element("span", { class: "note", hidden: "" }, " Checked ", time, ".");
  const root = element("dd", {}, mark.root, " ", why, looked);
  const show = (now: TableState | undefined) => {
    mark.show(now);
    setText(why, shown(now?.why ?? ""));
    setHidden(looked, (now?.atMs ?? null) === null);
    setTime(time, now?.atMs ?? null);
  };
  return { root, show };
}
