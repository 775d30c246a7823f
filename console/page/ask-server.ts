/**
 * Sends a question to the server as JSON; any failure becomes an `error` in its source's own words.
 * @param isAnswer whether the text that came is an answer to it
 */
export async function askServer<T>(
  path: string,
  question: object,
  signal: AbortSignal,
  isAnswer: (value: object) => value is T & object,
): Promise<T | { readonly error: string }> {
  try {
    const response = await post(path, question, signal);
    const text = await response.text();
    return readAnswer(text, isAnswer) ?? { error: `HTTP status ${response.status}: ${text.slice(0, 2000)}` };
  } catch (error) {
    return { error: noAnswer(error, signal) };
  }
}

/** The same for a question that is answered with a file. */
export async function askForFile(
  path: string,
  question: object,
  signal: AbortSignal,
): Promise<Blob | { readonly error: string }> {
  try {
    const response = await post(path, question, signal);
    if (response.ok) return await response.blob();
    const text = await response.text();
    return errorIn(readObject(text)) ?? { error: `HTTP status ${response.status}: ${text.slice(0, 2000)}` };
  } catch (error) {
    return { error: noAnswer(error, signal) };
  }
}

function post(path: string, question: object, signal: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(question), signal });
}

function noAnswer(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "Cancelled.";
  return `The console's server did not answer: ${error instanceof Error ? error.message : String(error)}`;
}

function readAnswer<T>(
  text: string,
  isAnswer: (value: object) => value is T & object,
): T | { readonly error: string } | null {
  const value = readObject(text);
  if (value === null) return null;
  if ("error" in value) return errorIn(value);
  return isAnswer(value) ? value : null;
}

function errorIn(value: object | null): { readonly error: string } | null {
  return value !== null && "error" in value && typeof value.error === "string"
    ? { error: value.error }
    : null;
}

function readObject(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}
