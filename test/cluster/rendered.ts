import { readPlan } from "../../deploy/plan/read-plan";
import { render } from "../../deploy/render/render";
import { helmExecutable } from "../../deploy/tools";
import type { Profile } from "../../profiles";
import type { Manifest } from "../../stacks/constructs/manifests";
import type { ClusterSettings } from "./settings";

/** Every object that a deploy of the profile would create, except those of charts that can't be reached. */
export async function objectsOf(profile: Profile, { kubeconfig, env }: ClusterSettings): Promise<Manifest[]> {
  const rendered = await render(readPlan(profile, kubeconfig), { helm: await helmExecutable(env), env });
  return rendered.flatMap(({ manifests }) => manifests);
}
