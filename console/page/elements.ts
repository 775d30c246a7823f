export type Child = Node | string | null;

/** An element with its attributes and children; text becomes text nodes, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Changes the text node in place, and only if the text differs, so that the reader's selection stays. */
export function setText(target: Element, text: string): void {
  const [first] = target.childNodes;
  if (target.childNodes.length === 1 && first instanceof Text) {
    if (first.data !== text) first.data = text;
  } else target.textContent = text;
}

export function setAttribute(target: Element, name: string, value: string | null): void {
  if (value === null) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

export function setHidden(target: HTMLElement, isHidden: boolean): void {
  if (target.hidden !== isHidden) target.hidden = isHidden;
}

/** Text for screen readers only. */
export function spoken(text: string): HTMLElement {
  return element("span", { class: "spoken" }, text);
}

let ids = 0;

export function newId(prefix: string): string {
  ids += 1;
  return `${prefix}-${ids}`;
}

/** A section of a view, with its heading. */
export function section(
  title: string,
  options: { readonly class?: string; readonly aside?: readonly Child[] },
  ...children: readonly Child[]
): HTMLElement {
  const id = newId("section");
  return element(
    "section",
    { class: `panel ${options.class ?? ""}`.trim(), "aria-labelledby": id },
    element("div", { class: "panel-head" }, element("h2", { id }, title), ...(options.aside ?? [])),
    ...children,
  );
}
