import type { z } from "zod";
import { RefusedProfile } from "./refused";
import { profileSchema, type Profile } from "./schema";

const longestGot = 120;

type Issue = z.core.$ZodIssue;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function inWords(value: unknown): string {
  const words = value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value);
  return words.length > longestGot ? `${words.slice(0, longestGot)}...` : words;
}

function allowed(issue: Issue): string {
  if (issue.message.startsWith("allowed")) return issue.message;
  if (issue.code === "invalid_type")
    return `allowed: ${issue.expected === "object" ? "an object" : issue.expected}`;
  return issue.message;
}

function line(issue: Issue, given: unknown): string[] {
  const path = issue.path.map(String).join(".") || "the profile";
  if (issue.code === "unrecognized_keys")
    return issue.keys.map(
      (key) => `${[...issue.path.map(String), key].join(".")}: no such field (docs/profiles.md lists all)`,
    );
  return [`${path}: got ${inWords(valueAt(given, issue.path))}, ${allowed(issue)}`];
}

/** @throws RefusedProfile with one line per wrong value */
export function checkProfile(given: unknown, origin: string): Profile {
  const parsed = profileSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) => line(issue, given));
  throw new RefusedProfile(lines.map((text) => `profile ${origin}: ${text}`).join("\n"));
}
