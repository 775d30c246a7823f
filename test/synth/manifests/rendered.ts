import { readPlan } from "../../../deploy/plan/read-plan";
import { render, type Rendered } from "../../../deploy/render/render";
import { helmExecutable } from "../../../deploy/tools";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { planFolder } from "../../fixtures/plan-folder";

/** All objects of a profile except those of third-party charts, whose repositories a test must not need. */
export async function ownManifests(profile: string, changes = ""): Promise<Rendered[]> {
  const plan = readPlan(loadProfile(profile, changes), "/nowhere", planFolder()).map((stack) => ({
    ...stack,
    releases: stack.releases.filter(({ isUpstream }) => !isUpstream),
  }));
  return render(plan, { helm: await helmExecutable(process.env), env: process.env });
}

export function manifestsOf(rendered: readonly Rendered[]): Manifest[] {
  return rendered.flatMap(({ manifests }) => manifests);
}

export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
}
