import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import { loadProfile } from "../../../profiles";
import { smokeJob } from "../../../stacks/smoke/job";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { kubernetesSchemaFiles, kubernetesVersions, type KubernetesSchemas } from "./kubernetes-schemas";
import { manifestsOf, ownManifests, titleOf } from "./rendered";

/** Definitions that are no part of Kubernetes, and have tests of their own. */
const custom = /^(kafka\.strimzi\.io|sparkoperator\.k8s\.io|monitoring\.coreos\.com)\//;

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await kubernetesSchemaFiles();
}, 120_000);

class Validator {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly version: string) {
    this.ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
    this.ajv.addSchema(schemas.definitions(version), "/api/_definitions.json");
  }

  problems(manifest: Manifest): string[] {
    const { apiVersion, kind } = manifest;
    if (custom.test(apiVersion)) return [];
    const schema = schemas.schema(this.version, apiVersion, kind);
    if (!schema) return [`Kubernetes ${this.version} has no ${apiVersion} ${kind}`];
    const key = `${apiVersion}/${kind}`;
    const validate = this.compiled.get(key) ?? this.ajv.compile(schema);
    this.compiled.set(key, validate);
    if (validate(manifest)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${titleOf(manifest)}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

describe.each(kubernetesVersions)("Kubernetes %s", (version) => {
  let validator: Validator;
  beforeAll(() => {
    validator = new Validator(version);
  });

  test.each(["kind", "cloud", "ci"])(
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
