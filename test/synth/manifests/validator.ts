import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import type { Manifest } from "../../../stacks/constructs/manifests";
import type { KubernetesSchemas } from "./kubernetes-schemas";
import { titleOf } from "./rendered";

/** Kinds that are not part of Kubernetes, and have their own tests. */
const custom = /^(kafka\.strimzi\.io|sparkoperator\.k8s\.io|monitoring\.coreos\.com)\//;

/** Validates objects against one version of Kubernetes. */
export class Validator {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(
    private readonly schemas: KubernetesSchemas,
    private readonly version: string,
  ) {
    this.ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
    this.ajv.addSchema(schemas.definitions(version), "/api/_definitions.json");
  }

  problems(manifest: Manifest): string[] {
    const { apiVersion, kind } = manifest;
    if (custom.test(apiVersion)) return [];
    const schema = this.schemas.schema(this.version, apiVersion, kind);
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
