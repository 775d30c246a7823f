import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { change } from "./change";
import { checkProfile } from "./check";
import { ci } from "./ci";
import { cloud } from "./cloud";
import { kind } from "./kind";
import { RefusedProfile } from "./refused";
import type { Profile } from "./schema";
import { small } from "./small";

const known: Readonly<Record<string, Profile>> = { kind, small, cloud, ci };

export const profileNames: readonly string[] = Object.keys(known);

const choice = `allowed: ${profileNames.join(", ")}, or the path of a .ts or .json file that exports a profile`;

function fromFile(path: string): unknown {
  if (!existsSync(path)) throw new RefusedProfile(`PROFILE: got '${path}', which is no file; ${choice}`);
  let exported: unknown;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its name is known only now
    exported = require(path);
  } catch (error) {
    throw new RefusedProfile(
      `profile ${path}: it can't be loaded: ${(error as Error).message.split("\n")[0]}`,
    );
  }
  if (path.endsWith(".json")) return exported;
  const candidates = exported as { readonly profile?: unknown; readonly default?: unknown };
  const profile = candidates.profile ?? candidates.default;
  if (profile === undefined)
    throw new RefusedProfile(
      `profile ${path}: got no export, allowed: one called profile, or a default export`,
    );
  return profile;
}

/**
 * The validated profile of that name or in that file.
 * @param changes in the format of `PROFILE_SET`
 * @throws RefusedProfile with everything that is wrong
 */
export function loadProfile(nameOrPath: string | undefined, changes = ""): Profile {
  if (nameOrPath === undefined || nameOrPath === "")
    throw new RefusedProfile(`PROFILE is not set; ${choice}`);
  const isPath = /[/\\.]/.test(nameOrPath);
  const given = isPath ? fromFile(resolve(nameOrPath)) : known[nameOrPath];
  if (given === undefined) throw new RefusedProfile(`PROFILE: got '${nameOrPath}', ${choice}`);
  const whole = typeof given === "object" && given !== null ? change(given, changes) : given;
  return checkProfile(whole, nameOrPath);
}

export { RefusedProfile } from "./refused";
export type { Profile } from "./schema";
