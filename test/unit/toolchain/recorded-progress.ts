import type { Progress } from "../../../toolchain/progress";

/** Records the lines that a user would see, without the `at` ones. */
export function recordProgress(): Progress & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    line: (text) => lines.push(text),
    step: (name) => ({ at: () => undefined, done: (result) => lines.push(`${name}: ${result}`) }),
  };
}
