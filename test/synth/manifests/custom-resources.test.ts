import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import { parse } from "yaml";
import { z } from "zod";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { givenManifests, planOf } from "../../fixtures/planned";

/**
 * A folder with the operators' custom resource definitions, one YAML file each: the schemas by which an API server validates
 * objects. They are in the operators' charts (`crds/`) and are not copied here.
 */
const folder = process.env["CRD_FOLDER"] ?? "";

const definition = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({
        name: z.string(),
        schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }),
      }),
    ),
  }),
});

/** Forbids fields that a schema does not list: an API server refuses them, but the schema itself does not say so. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  const open = "x-kubernetes-preserve-unknown-fields" in inner || "additionalProperties" in inner;
  return "properties" in inner && !open ? { ...inner, additionalProperties: false } : inner;
}

const customGroups = /^(kafka\.strimzi\.io|sparkoperator\.k8s\.io)\//;

function validators(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
  const found = new Map<string, ValidateFunction>();
  for (const file of readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))) {
    const parsed = definition.safeParse(parse(readFileSync(join(folder, file), "utf8")));
    if (!parsed.success) continue;
    const { group, names, versions } = parsed.data.spec;
    for (const { name, schema } of versions) {
      const strictSchema = strict(schema.openAPIV3Schema) as Record<string, unknown>;
      found.set(
        `${group}/${name}/${names.kind}`,
        ajv.compile({
          ...strictSchema,
          properties: { ...(strictSchema["properties"] as object), metadata: { type: "object" } },
        }),
      );
    }
  }
  return found;
}

function problems(manifest: Manifest, known: ReadonlyMap<string, ValidateFunction>): string[] {
  const key = `${manifest.apiVersion}/${manifest.kind}`;
  const validate = known.get(key);
  if (!validate) return [`${folder} holds no definition of ${key}`];
  const taken: boolean = validate(manifest);
  if (taken) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${manifest.kind} ${manifest.metadata.name}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function customOf(profile: string) {
  return planOf(profile)
    .flatMap(givenManifests)
    .filter(({ apiVersion }) => customGroups.test(apiVersion));
}

if (existsSync(folder)) {
  const known = validators();

  test.each(["kind", "small", "cloud", "ci"])("the operators take every custom resource of %s", (profile) => {
    expect(customOf(profile).length).toBeGreaterThan(0);
    expect(customOf(profile).flatMap((manifest) => problems(manifest, known))).toEqual([]);
  });

  test("a misspelled field is seen", () => {
    const [bronze] = customOf("ci");
    if (!bronze) throw new Error("no bronze");
    const wrong = { ...bronze, spec: { ...bronze.spec, restartpolicy: {} } };
    expect(problems(wrong, known).join()).toContain("restartpolicy");
  });
} else {
  console.warn(
    `SKIPPED: custom resources against the operators' definitions. CRD_FOLDER ('${folder}') is no folder: unpack the operators' charts and name the folder of their CRDs`,
  );
  test.skip("custom resources against the operators' definitions: CRD_FOLDER names no folder", () =>
    undefined);
}
