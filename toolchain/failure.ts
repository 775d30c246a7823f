/** A set-up that cannot go on. The message is one line: what is wrong, and what to do. */
export class SetUpFailure extends Error {
  override name = "SetUpFailure";
}

const networkCodes = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ETIMEDOUT",
  "EPIPE",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** The system's or undici's code of an error or of its cause; undefined when there is none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? errorCode(error.cause) : undefined;
}

export function isNetworkError(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && networkCodes.has(code);
}

export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

export function diskFull(folder: string): SetUpFailure {
  return new SetUpFailure(
    `The disk is full: ${folder} can take no more. Free about 3 GB there, or set XDG_CACHE_HOME to a folder with room, and start again.`,
  );
}
