import type { Messages } from "../../console/messages";

/** The newest message of each kind. */
export type Seen = { [Kind in keyof Messages]?: Messages[Kind] };

/** Reads the console's stream until `isEnough` of its messages; resolves with the newest message of each kind. */
export async function readStream(url: string, isEnough: (seen: Seen) => boolean): Promise<Seen> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error("the console did not say enough in 500 s")), 500_000);
  const answer = await fetch(`${url}/events`, { signal: stop.signal });
  if (!answer.body) throw new Error("the console's stream has no body");
  const decoder = new TextDecoder();
  let seen: Seen = {};
  let rest = "";
  try {
    for await (const chunk of answer.body) {
      const events = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
        if (kind !== undefined && data !== undefined) seen = { ...seen, [kind]: JSON.parse(data) as object };
      }
      if (isEnough(seen)) return seen;
    }
    throw new Error("the console's stream has ended");
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** Posts JSON to the console, as its page does. */
export async function post(
  url: string,
  path: string,
  body: object,
): Promise<{ status: number; answer: unknown }> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, answer: await answer.json() };
}
