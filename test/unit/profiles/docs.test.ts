import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cloud } from "../../../profiles/cloud";
import { kind } from "../../../profiles/kind";
import { ci } from "../../../profiles/ci";
import { small } from "../../../profiles/small";
import { profileFields } from "../../../deploy/profiles-page/fields";
import { profileDocs } from "../../../deploy/profiles-page/page";

test.each(profileDocs().map(({ path, content }) => [path, content] as const))(
  "%s is what profiles/ say (npm run generate)",
  (path, content) => {
    expect(readFileSync(join(resolve(__dirname, "../../.."), path), "utf8")).toBe(content);
  },
);

/** Paths of all values of a profile; maps and lists count as values. */
function paths(value: unknown, known: ReadonlySet<string>, path = ""): string[] {
  if (known.has(path) && (typeof value !== "object" || value === null || Array.isArray(value))) return [path];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  const below = Object.entries(value);
  const isMap = known.has(path) && below.every(([key]) => !known.has(`${path}.${key}`));
  if (isMap) return [path];
  return below.flatMap(([key, inner]) => paths(inner, known, path === "" ? key : `${path}.${key}`));
}

test.each([kind, small, cloud, ci])("every value of the profile $name is in the page", (profile) => {
  const known = new Set(profileFields().map(({ path }) => path));
  expect(paths(profile, known).filter((path) => !known.has(path))).toEqual([]);
});
