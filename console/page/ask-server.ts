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
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(question),
      signal,
    });
    const text = await response.text();
    return readAnswer(text, isAnswer) ?? { error: `HTTP status ${response.status}: ${text.slice(0, 2000)}` };
  } catch (error) {
    if (signal.aborted) return { error: "Cancelled." };
    return {
      error: `The console's server did not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function readAnswer<T>(
  text: string,
  isAnswer: (value: object) => value is T & object,
): T | { readonly error: string } | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return null;
    if ("error" in parsed) return typeof parsed.error === "string" ? { error: parsed.error } : null;
    return isAnswer(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
