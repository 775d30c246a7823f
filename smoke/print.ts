import type { CheckResult } from "./outcome";

const marks = { passed: "✓", failed: "✗" } as const;
const nameWidth = 66;

/**
 * Lines for one outcome. The hop's name stands above the first of its checks. Of a hop's checks that were not reached for
 * the same reason, only the first is printed.
 */
export function linesOf(result: CheckResult, previous: CheckResult | undefined): string[] {
  const { name, hop, status, seconds, figure, message } = result;
  const heading = previous?.hop === hop ? [] : [hop];
  if (status === "not-reached")
    return previous?.hop === hop && previous.message === message ? [] : [...heading, `  – ${message ?? ""}`];
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  const line = `  ${marks[status]} ${name.padEnd(nameWidth)} ${time}  ${status === "passed" ? (figure ?? "") : ""}`;
  return [...heading, line.trimEnd(), ...(status === "failed" ? [`      ${message ?? ""}`] : [])];
}

/** The last line: the overall result. */
export function summaryOf(results: readonly CheckResult[]): string {
  const of = (status: CheckResult["status"]) => results.filter((result) => result.status === status);
  const failed = of("failed");
  const [first] = failed;
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const counts = [
    `${of("passed").length} of ${results.length} checks passed`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(of("not-reached").length > 0 ? [`${of("not-reached").length} not reached`] : []),
  ];
  const where = first ? `; the first to fail is ${first.hop}: ${first.name}` : "";
  return `${counts.join(", ")} in ${seconds.toFixed(0)} s${where}`;
}
