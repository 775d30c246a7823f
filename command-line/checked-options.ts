import type { z } from "zod";
import { refusal } from "./refusal";
import { UsageError } from "./usage-error";

/**
 * The options of a command line as `schema` has them.
 * @param given the words of the command line by option, as commander gives them
 * @param allowed what an option may be, in words; else what its schema says
 * @throws UsageError with a line for each wrong option
 */
export function checkedOptions<S extends z.ZodType>(
  schema: S,
  given: Readonly<Record<string, unknown>>,
  allowed: Readonly<Record<string, string>> = {},
): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const option = String(path[0]);
    return refusal(option, given[option], allowed[option] ?? message);
  });
  throw new UsageError([...new Set(lines)].join("\n"));
}
