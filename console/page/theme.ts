const dark = matchMedia("(prefers-color-scheme: dark)");

/** The current value of a colour of page.css. */
export function colour(name: "text" | "muted" | "line" | "accent" | "accent-soft"): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function onThemeChange(listener: () => void): void {
  dark.addEventListener("change", listener);
}
