import type { Progress } from "../../../toolchain/progress";

/** Keeps the lines that a user would see, `at` ones not included. */
export function recordProgress(): Progress & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    line: (text) => lines.push(text),
    step: (name) => ({ at: () => undefined, done: (result) => lines.push(`${name}: ${result}`) }),
  };
}
