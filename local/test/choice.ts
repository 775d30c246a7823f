import { UsageError } from "../start/options";

export interface Choice<Name extends string> {
  readonly chosen: readonly Name[];
  /** What is left for jest. */
  readonly words: readonly string[];
}

/** Takes `flag a,b` out of a command's words. Without it all is chosen; the order is always that of what is allowed. */
export function choose<Name extends string>(
  flag: string,
  allowed: readonly Name[],
  words: readonly string[],
): Choice<Name> {
  const at = words.indexOf(flag);
  if (at < 0) return { chosen: allowed, words };
  const got = (words[at + 1] ?? "").split(",");
  const wrong = got.filter((name) => !allowed.some((each) => each === name));
  if (wrong.length > 0)
    throw new UsageError(
      `${flag} got '${wrong.join(",")}', allowed are ${allowed.join(", ")}, joined by commas`,
    );
  return {
    chosen: allowed.filter((name) => got.includes(name)),
    words: [...words.slice(0, at), ...words.slice(at + 2)],
  };
}
