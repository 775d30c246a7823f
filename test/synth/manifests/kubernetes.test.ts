import { loadProfile } from "../../../profiles";
import { smokeJob } from "../../../stacks/smoke/job";
import { kubernetesSchemaFiles, kubernetesVersions, type KubernetesSchemas } from "./kubernetes-schemas";
import { manifestsOf, ownManifests } from "./rendered";
import { Validator } from "./validator";

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await kubernetesSchemaFiles();
}, 120_000);

describe.each(kubernetesVersions)("Kubernetes %s", (version) => {
  let validator: Validator;
  beforeAll(() => {
    validator = new Validator(schemas, version);
  });

  test.each(["kind", "small", "cloud", "ci"])(
    "takes every object of the profile %s",
    async (profile) => {
      const manifests = manifestsOf(await ownManifests(profile));
      expect(manifests.length).toBeGreaterThan(50);
      expect(manifests.flatMap((manifest) => validator.problems(manifest))).toEqual([]);
    },
    120_000,
  );

  test("takes the smoke Job", () => {
    expect(validator.problems(smokeJob(loadProfile("kind"), "smoke-1", ["--settled"]))).toEqual([]);
  });

  test("a misspelled field is seen", () => {
    const job = smokeJob(loadProfile("kind"), "smoke-1");
    const wrong = { ...job, spec: { ...job.spec, backOffLimit: 1 } };
    expect(validator.problems(wrong).join()).toContain("backOffLimit");
  });
});
