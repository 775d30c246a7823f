import { z } from "zod";
import { levels } from "../../../lake/events/envelope";

const identity = z.union([z.string(), z.number()]);

/**
 * A line of the original eventsim (github.com/Interana/eventsim, which also wrote Sparkify's logs), or of its fork with one
 * file per topic (github.com/viirya/eventsim). Each form lacks some of the fields. Fields that are not needed are ignored.
 */
export const foreignLine = z.object({
  /** Milliseconds since 1970. */
  ts: z.number().int().min(0).max(253_402_300_799_999),
  /** Empty or absent for a visitor who has not logged in. */
  userId: identity.nullish(),
  sessionId: identity,
  itemInSession: z.number().int().nullish(),
  level: z.enum(levels).nullish(),
  userAgent: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  gender: z.string().nullish(),
  /** Milliseconds since 1970. */
  registration: z.number().nullish(),
  /** "Bakersfield, CA", or for a metropolitan area "New York-Newark-Jersey City, NY-NJ-PA". */
  location: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  page: z.string().nullish(),
  method: z.string().nullish(),
  status: z.number().int().nullish(),
  song: z.string().nullish(),
  artist: z.string().nullish(),
  /** Length of the song in seconds: `length` in the original, `duration` in the fork. */
  length: z.number().nullish(),
  duration: z.number().nullish(),
  /** Only in the fork's auth_events. */
  success: z.boolean().nullish(),
  /** Of the fork's status_change_events. */
  prevLevel: z.string().nullish(),
  auth: z.string().nullish(),
});

export type ForeignLine = z.infer<typeof foreignLine>;

/** The reason why a text is not such a line. */
export type Unreadable = { readonly unreadable: string };

/** @param text one line of a file, without its end */
export function parseForeignLine(text: string): ForeignLine | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { unreadable: `it is not JSON (${(error as Error).message})` };
  }
  const parsed = foreignLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  return { unreadable: `${path === "" ? "it" : path}: ${issue?.message ?? "it is of neither form"}` };
}
