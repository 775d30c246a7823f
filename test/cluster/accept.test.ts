import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadProfile } from "../../profiles";
import { Kubectl } from "./kubectl";
import { objectsOf } from "./rendered";
import { clusterSettings } from "./settings";

jest.setTimeout(600_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);

/** Namespaces that were not there before. */
const made: string[] = [];

/** Its own namespaces, so that nothing is compared with a lake that runs there. */
const elsewhere = "namespace=accept operators.namespace=accept-operators";

async function servedKinds(): Promise<ReadonlySet<string>> {
  const table = await kubectl.do("api-resources", "--no-headers");
  return new Set(
    table.split("\n").flatMap((line) => {
      const words = line.trim().split(/\s+/);
      const [apiVersion = "", , kind = ""] = words.slice(-3);
      return kind === "" ? [] : [`${apiVersion}/${kind}`];
    }),
  );
}

beforeAll(async () => {
  const { crdFolder } = settings;
  if (crdFolder === undefined || !existsSync(crdFolder)) return;
  for (const file of readdirSync(crdFolder).filter((name) => /\.ya?ml$/.test(name)))
    await kubectl.do("apply", "--server-side", "--force-conflicts", "-f", join(crdFolder, file));
});

afterAll(async () => {
  for (const name of made) await kubectl.do("delete", "namespace", name, "--wait=false");
});

test.each(["kind", "small", "cloud", "ci"])(
  "the API server takes every object of profile %s",
  async (profile) => {
    const objects = await objectsOf(loadProfile(profile, elsewhere), settings);
    const served = await servedKinds();
    const there = new Set(await kubectl.names("namespaces"));
    for (const { kind, metadata } of objects)
      if (kind === "Namespace" && !there.has(`namespace/${metadata.name}`) && !made.includes(metadata.name)) {
        await kubectl.do("create", "namespace", metadata.name);
        made.push(metadata.name);
      }
    const known = objects.filter(({ apiVersion, kind }) => served.has(`${apiVersion}/${kind}`));
    const unknown = objects.filter((object) => !known.includes(object));
    if (unknown.length > 0) {
      const kinds = new Set(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
      console.warn(
        `${unknown.length} objects were not sent, the cluster has no such kinds: ${[...kinds].join(", ")}`,
      );
    }
    expect(known.length).toBeGreaterThan(20);
    await kubectl.apply(known, "--server-side", "--force-conflicts", "--dry-run=server");
  },
);
