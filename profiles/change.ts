import { RefusedProfile } from "./refused";

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number, true, null or a list in JSON syntax; anything else is a string. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function changed(tree: Tree, [key = "", ...rest]: readonly string[], value: unknown, path: string): Tree {
  if (rest.length === 0) return { ...tree, [key]: value };
  const below = tree[key];
  if (!isTree(below))
    throw new RefusedProfile(`PROFILE_SET ${path}: the profile has no ${key} to set a field of`);
  return { ...tree, [key]: changed(below, rest, value, path) };
}

/**
 * A profile with some values changed; they are validated later, with the rest of the profile.
 * @param changes `path=value`, several of them separated by white space
 */
export function change(profile: object, changes: string): object {
  const words = changes.split(/\s+(?=[A-Za-z][\w.]*=)/).filter((word) => word.trim() !== "");
  return words.reduce<Tree>((tree, word) => {
    const [, path = "", value = ""] = /^\s*([A-Za-z][\w.]*)=(.*?)\s*$/s.exec(word) ?? [];
    if (path === "")
      throw new RefusedProfile(
        `PROFILE_SET: got ${JSON.stringify(word.trim())}, allowed: path=value, as akhq.enabled=false`,
      );
    return changed(tree, path.split("."), valueOf(value), path);
  }, profile as Tree);
}
