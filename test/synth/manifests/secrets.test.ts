import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRendered, type Rendered } from "../../../deploy/render/render";
import { loadProfile } from "../../../profiles";
import { smokeJob } from "../../../stacks/smoke/job";
import { neededSecrets } from "../../../stacks/secrets";
import { external, planOf } from "../../fixtures/planned";
import { manifestsOf, ownManifests } from "./rendered";

jest.setTimeout(60_000);

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

function nameIn(value: unknown, key: string): string[] {
  return isTree(value) && typeof value[key] === "string" ? [value[key]] : [];
}

/** Names of the Secrets that an object's pods read, in any way. */
function readIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readIn);
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    if (key === "secretKeyRef" || key === "secretRef") return nameIn(below, "name");
    if (key === "secret") return nameIn(below, "secretName");
    // The form in which Spark's operator mounts them.
    if (key === "secrets" && Array.isArray(below)) return below.flatMap((secret) => nameIn(secret, "name"));
    if (key === "imagePullSecrets" && Array.isArray(below))
      return below.flatMap((secret) => (typeof secret === "string" ? [secret] : nameIn(secret, "name")));
    return readIn(below);
  });
}

const own =
  'clickhouse.existingSecret=our-users akhq.existingSecret=our-logins console.existingSecret=our-people images.pullSecrets=["our-registry"]';

describe.each([
  ["kind", ""],
  ["cloud", ""],
  ["ci", ""],
  ["kind", own],
  ["cloud", `${external.kafka} ${external.clickhouse} ${external.hdfs}`],
])("%s %s", (name, changes) => {
  let rendered: Rendered[];
  beforeAll(async () => {
    rendered = await ownManifests(name, changes);
  });

  test("no Secret is rendered, and none of what charts made up is in a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "rendered-"));
    try {
      writeRendered(rendered, loadProfile(name, changes), folder);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
      expect(files.length).toBeGreaterThan(40);
      for (const text of files) expect(text).not.toMatch(/^kind: Secret$/m);
      const madeUp = rendered.flatMap(({ secrets }) =>
        secrets.flatMap((secret) => Object.values((secret as { data?: Record<string, string> }).data ?? {})),
      );
      for (const value of madeUp) for (const text of files) expect(text).not.toContain(value);
      expect(madeUp.length > 0).toBe(changes !== own);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("every Secret that a pod reads is among those that must be there, and no other is", () => {
    const profile = loadProfile(name, changes);
    const charts = planOf(name, changes).flatMap(({ releases }) => releases.map(({ values }) => values));
    const read = readIn([...manifestsOf(rendered), smokeJob(profile, "smoke-1"), ...charts]);
    const needed = neededSecrets(profile).map((secret) => secret.name);
    expect([...new Set(read)].toSorted()).toEqual([...new Set(needed)].toSorted());
  });
});
