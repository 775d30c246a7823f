import type { FollowAnswer } from "../messages";

/** Asks the server where a record is; any failure becomes an `error` in its source's own words. */
export async function followRecord(record: string, signal: AbortSignal): Promise<FollowAnswer> {
  try {
    const response = await fetch("/api/follow", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ record }),
      signal,
    });
    const answer: unknown = await response.json();
    if (isAnswer(answer)) return answer;
    return { error: `HTTP status ${response.status}: ${JSON.stringify(answer).slice(0, 2000)}` };
  } catch (error) {
    if (signal.aborted) return { error: "Cancelled." };
    return {
      error: `The console's server did not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function isAnswer(value: unknown): value is FollowAnswer {
  if (typeof value !== "object" || value === null) return false;
  if ("error" in value) return typeof value.error === "string";
  return "records" in value && Array.isArray(value.records);
}
