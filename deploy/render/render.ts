import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Profile } from "../../profiles";
import type { Manifest } from "../../stacks/constructs/manifests";
import type { StackName } from "../../stacks/platform-stack";
import type { Plan, PlannedStack } from "../plan/plan";
import { helmTemplate, NotRendered } from "./helm-template";
import { secretsPage } from "./secrets-page";

export interface Rendered {
  readonly stack: StackName;
  readonly manifests: readonly Manifest[];
  /**
   * Secrets, which a chart creates anew at each rendering. They are not written to manifests: the passwords would be
   * readable there, and the same in every deployment.
   */
  readonly secrets: readonly Manifest[];
  /** Charts that could not be rendered. */
  readonly leftOut: readonly NotRendered[];
}

interface Tools {
  readonly helm: string;
  readonly env: NodeJS.ProcessEnv;
}

/** @throws NotRendered when one of the project's own charts fails; third-party charts are put in `leftOut` instead */
async function renderStack(stack: PlannedStack, tools: Tools): Promise<Rendered> {
  const manifests = [...stack.objects];
  const leftOut: NotRendered[] = [];
  for (const release of stack.releases) {
    try {
      manifests.push(...(await helmTemplate(release, tools)));
    } catch (error) {
      if (!(error instanceof NotRendered) || !release.isUpstream) throw error;
      leftOut.push(error);
    }
  }
  manifests.push(...stack.workloads);
  const isSecret = ({ kind }: Manifest) => kind === "Secret";
  return {
    stack: stack.name,
    manifests: manifests.filter((manifest) => !isSecret(manifest)),
    secrets: manifests.filter(isSecret),
    leftOut,
  };
}

/** Renders every object of a deployment, except those of third-party charts that can't be rendered. Needs no cluster. */
export async function render(plan: Plan, tools: Tools): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (const stack of plan) rendered.push(await renderStack(stack, tools));
  return rendered;
}

function fileName({ kind, metadata }: Manifest, lake: string): string {
  const { name, namespace } = metadata;
  const elsewhere = namespace === undefined || namespace === lake ? "" : `.${namespace}`;
  return `${kind.toLowerCase()}.${name.replaceAll(":", "-")}${elsewhere}.yaml`;
}

/**
 * Writes one file for each object, `<folder>/<stack>/<kind>.<name>.yaml`, and `<folder>/secrets.md` with the Secrets that
 * have to be created. Deletes the folder's earlier content.
 * @returns the number of objects
 */
export function writeRendered(rendered: readonly Rendered[], profile: Profile, folder: string): number {
  rmSync(folder, { recursive: true, force: true });
  let files = 0;
  for (const { stack, manifests } of rendered) {
    mkdirSync(join(folder, stack), { recursive: true });
    for (const manifest of manifests) {
      const path = join(folder, stack, fileName(manifest, profile.namespace));
      writeFileSync(path, stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false }));
      files++;
    }
  }
  const secrets = rendered.flatMap((each) => each.secrets);
  writeFileSync(join(folder, "secrets.md"), secretsPage(profile, secrets));
  return files;
}
