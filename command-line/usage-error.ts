/** A wrong command line; the message names the option, the value that was given, and what is allowed. */
export class UsageError extends Error {
  override name = "UsageError";
}
