import type { FollowStop } from "../messages";

type Where = Partial<Pick<FollowStop, "file" | "sql">>;

/** A hop at which something is known to have happened to the record. */
export function stop(
  hop: FollowStop["hop"],
  state: FollowStop["state"],
  text: string,
  atMs: number | null,
  where: Where = {},
): FollowStop {
  return { hop, state, text, atMs, file: null, sql: null, ...where };
}
