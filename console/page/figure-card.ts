import { element, setText, type Child } from "./elements";

export interface FigureCard {
  readonly root: HTMLElement;
  readonly show: (figure: string, note?: string) => void;
}

/** One figure with its name; goes into a `dl`. */
export function figureCard(name: string, ...more: readonly Child[]): FigureCard {
  const figure = element("span", { class: "figure" }, "–");
  const note = element("span", { class: "card-note" });
  const root = element(
    "div",
    { class: "card" },
    element("dt", {}, name),
    element("dd", {}, figure, note, ...more),
  );
  return {
    root,
    show: (text, noteText = "") => {
      setText(figure, text);
      setText(note, noteText);
    },
  };
}
