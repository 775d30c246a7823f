/** Wrong words on the command line; the message says which, what was got and what is allowed. */
export class UsageError extends Error {
  override name = "UsageError";
}
