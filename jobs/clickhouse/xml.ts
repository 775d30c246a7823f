/** An element's content; each item of a list becomes an element of that name. */
export type Xml = string | number | { readonly [name: string]: Xml | readonly Xml[] };

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** @returns the elements, one per line */
export function xml(content: Xml): string {
  if (typeof content !== "object") return String(content).replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
  const elements = Object.entries(content).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly Xml[]) : [value as Xml]).map(
      (each) => `<${name}>${xml(each)}</${name}>`,
    ),
  );
  return `\n${elements.join("\n")}\n`;
}
