import { UsageError } from "../../command-line/usage-error";

export interface Choice<Name extends string> {
  readonly chosen: readonly Name[];
  /** What is left for jest. */
  readonly args: readonly string[];
}

/** Takes `flag a,b` out of a command's arguments. Without it all are chosen; the order is always that of the allowed names. */
export function choose<Name extends string>(
  flag: string,
  allowed: readonly Name[],
  args: readonly string[],
): Choice<Name> {
  const at = args.indexOf(flag);
  if (at < 0) return { chosen: allowed, args };
  const got = (args[at + 1] ?? "").split(",");
  const wrong = got.filter((name) => !allowed.some((each) => each === name));
  if (wrong.length > 0)
    throw new UsageError(
      `${flag}: got '${wrong.join(",")}', allowed: ${allowed.join(", ")}, joined by commas`,
    );
  return {
    chosen: allowed.filter((name) => got.includes(name)),
    args: [...args.slice(0, at), ...args.slice(at + 2)],
  };
}

/** Takes `flag a` out of a command's arguments. Without it the first allowed name is chosen. */
export function chooseOne<Name extends string>(
  flag: string,
  allowed: readonly [Name, ...Name[]],
  args: readonly string[],
): { readonly chosen: Name; readonly args: readonly string[] } {
  if (!args.includes(flag)) return { chosen: allowed[0], args };
  const choice = choose(flag, allowed, args);
  const [chosen, ...more] = choice.chosen;
  if (chosen === undefined || more.length > 0)
    throw new UsageError(`${flag}: got '${choice.chosen.join(",")}', allowed: one of ${allowed.join(", ")}`);
  return { chosen, args: choice.args };
}
