import { csvOf } from "./csv";
import type { QueryResult } from "./query-client";

export function saveCsv(result: QueryResult, name: string): void {
  const address = URL.createObjectURL(new Blob([csvOf(result)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
