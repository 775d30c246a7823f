import type { z } from "zod";
import { refusal } from "./refusal";
import { UsageError } from "./usage-error";

/**
 * The options of a command line, validated and converted by `schema`.
 * @param given the command line's values by option, from commander
 * @param allowed the allowed values of an option, in words; by default the schema's message
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
