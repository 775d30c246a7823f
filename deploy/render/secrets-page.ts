import type { Profile } from "../../profiles";
import type { Manifest } from "../../stacks/constructs/manifests";
import { neededSecrets, type KeySource, type NeededSecret } from "../../stacks/secrets";

interface SecretManifest extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

const randomWord = "$(openssl rand -hex 16)";
const imageCredentials = ".dockerconfigjson";

function literal(key: string, source: KeySource): string {
  switch (source) {
    case "random":
      return `--from-literal=${key}="$${variable(key)}"`;
    case "sha256":
      return `--from-literal=${key}="$(printf %s "$${variable(key.replace(/-sha256$/, ""))}" | sha256sum | cut -d' ' -f1)"`;
    case "given":
      return key === "ca.crt" ? "--from-file=ca.crt" : `--from-literal=${key}=...`;
  }
}

function variable(key: string): string {
  return key.replaceAll(/\W/g, "_");
}

/** Shell commands that create a Secret. */
function commandsFor({ name, namespace, keys }: NeededSecret): string {
  if (imageCredentials in keys)
    return `kubectl -n ${namespace} create secret docker-registry ${name} --docker-server=... --docker-username=... --docker-password=...`;
  const entries = Object.entries(keys);
  const made = entries.filter(([, source]) => source === "random");
  const words = entries.map(([key, source]) => literal(key, source));
  return [
    ...(made.length > 0 ? [made.map(([key]) => `${variable(key)}=${randomWord}`).join(" ")] : []),
    `kubectl -n ${namespace} create secret generic ${name} \\\n  ${words.join(" \\\n  ")}`,
  ].join("\n");
}

function title({ name, namespace, keys }: NeededSecret): string {
  return `${namespace}/${name} (${Object.keys(keys).join(", ")})`;
}

/** Secrets that have to be created before rendered manifests are applied, one line each. */
export function secretsToMake(profile: Profile): string[] {
  return neededSecrets(profile)
    .filter(({ maker }) => maker !== "strimzi")
    .map(title);
}

function isUnknown(profile: Profile): (secret: Manifest) => boolean {
  const known = neededSecrets(profile).map(({ name, namespace }) => `${namespace}/${name}`);
  return ({ metadata }) => !known.includes(`${metadata.namespace}/${metadata.name}`);
}

function keysOf({ data, stringData }: SecretManifest): string {
  return Object.keys({ ...data, ...stringData }).join(", ");
}

/**
 * The page `secrets.md`: the Secrets that the cluster needs besides the rendered manifests.
 * @param leftOut Secrets that charts would have created
 */
export function secretsPage(profile: Profile, leftOut: readonly Manifest[]): string {
  const needed = neededSecrets(profile);
  const toMake = needed.filter(({ maker }) => maker !== "strimzi");
  const byStrimzi = needed.filter(({ maker }) => maker === "strimzi");
  const others = leftOut.filter(isUnknown(profile));
  return [
    `# Secrets of the profile ${profile.name}`,
    "The manifests beside this page hold no Secret: a password that was rendered would be the same wherever they are applied. Make these once, when the\nstack foundation with the namespaces is applied and before the others are, or let a secret store make them under the same names and keys.",
    ...toMake.map(
      (secret) => `## ${secret.namespace}/${secret.name}\n\n\`\`\`\n${commandsFor(secret)}\n\`\`\``,
    ),
    ...(byStrimzi.length > 0
      ? [`## Made by Strimzi\n\n${byStrimzi.map((secret) => `- ${title(secret)}`).join("\n")}`]
      : []),
    ...(others.length > 0
      ? [
          `## Left out of charts of others\n\n${others.map((secret) => `- ${secret.metadata.namespace}/${secret.metadata.name} (${keysOf(secret)})`).join("\n")}`,
        ]
      : []),
    "",
  ].join("\n\n");
}
