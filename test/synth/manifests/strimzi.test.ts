import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { givenManifests, planOf, stackOf } from "../../fixtures/planned";

const models = resolve(__dirname, "../../../node_modules/@kubernetes-models/strimzi-kafka-operator");

/** Validates objects in another process, because the package has only ES modules, which jest does not load. */
function refusals(manifests: readonly object[]): string[] {
  const program = `
    const refused = [];
    for (const manifest of JSON.parse(process.argv[1])) {
      const { [manifest.kind]: Model } = await import(${JSON.stringify(pathToFileURL(models).href)} + "/kafka.strimzi.io/v1/" + manifest.kind + ".js");
      try { new Model(manifest).validate(); } catch (error) { refused.push(manifest.kind + " " + manifest.metadata.name + ": " + error.message); }
    }
    console.log(JSON.stringify(refused));`;
  const args = ["--input-type=module", "--eval", program, JSON.stringify(manifests)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as string[];
}

const given = (profile: string, changes = "") =>
  givenManifests(stackOf(planOf(profile, changes), "kafka")).filter(({ apiVersion }) =>
    apiVersion.startsWith("kafka.strimzi.io"),
  );

test.each(["kind", "cloud"])("Strimzi's schemas take every object of %s", (profile) => {
  expect(given(profile).length).toBeGreaterThan(10);
  expect(refusals(given(profile))).toEqual([]);
});

test("brokers without claims, and with metrics, too", () => {
  const storage = 'kafka.storage={"kind":"emptyDir","sizeGibibytes":2} observability.enabled=true';
  expect(refusals(given("kind", storage))).toEqual([]);
});

test("a wrong value is seen", () => {
  const [pool] = given("kind").filter(({ kind }) => kind === "KafkaNodePool");
  expect(refusals([{ ...pool, spec: { ...pool?.spec, roles: ["writer"] } }])).toHaveLength(1);
});
