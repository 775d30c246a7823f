import { element, type Child } from "./elements";
import type { Route } from "./route";

export interface View {
  readonly title: string;
  readonly root: HTMLElement;
  /** Called each time the reader opens this view, or another route within it. */
  readonly enter?: (route: Route) => void;
}

/** A view's root with its heading, which gets the focus when the reader opens the view. */
export function viewRoot(title: string, intro: string, ...children: readonly Child[]): HTMLElement {
  return element(
    "div",
    { class: "view" },
    element(
      "div",
      { class: "view-head" },
      element("h1", { tabindex: "-1" }, title),
      element("p", { class: "intro" }, intro),
    ),
    ...children,
  );
}
