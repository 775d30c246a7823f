/** The views that the navigation names. */
export const navigated = [
  "flow",
  "business",
  "fraud",
  "quarantine",
  "follow",
  "tables",
  "checks",
  "query",
] as const;

/** `explain` is reached from a figure. */
const viewNames = [...navigated, "explain"] as const;
export type ViewName = (typeof viewNames)[number];
export type NavigatedName = (typeof navigated)[number];

/** The current route: `#/tables/gold.facts`, `#/query?sql=…`. */
export interface Route {
  readonly view: ViewName;
  readonly rest: string;
  readonly sql: string | null;
}

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [first = "", ...others] = path.split("/");
  return {
    view: viewNames.find((name) => name === first) ?? "flow",
    rest: decoded(others.join("/")),
    sql: new URLSearchParams(query).get("sql"),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function queryLink(sql: string): string {
  return `#/query?sql=${encodeURIComponent(sql)}`;
}

/** @param record an event_id, a customer_id or topic/partition/offset */
export function followLink(record: string): string {
  return `#/follow/${encodeURIComponent(record)}`;
}

/** @param key values of the table's key, in its order */
export function explainLink(table: string, column: string, key: readonly string[]): string {
  return `#/explain/${[table, column, ...key].map(encodeURIComponent).join("/")}`;
}

export function tableLink(key: string): string {
  return `#/tables/${encodeURIComponent(key)}`;
}
