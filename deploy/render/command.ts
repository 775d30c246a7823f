import { join } from "node:path";
import { loadProfile } from "../../profiles";
import { projectRoot } from "../../stacks/platform-stack";
import type { CommandLine } from "../command-line";
import { readPlan } from "../plan/read-plan";
import { helmExecutable } from "../tools";
import { render, writeRendered } from "./render";

/** `npm run render -- <profile>` */
export async function renderCommand({
  profile: name,
  changes,
  kubeconfig,
  env,
}: CommandLine): Promise<number> {
  const profile = loadProfile(name, changes);
  const rendered = await render(readPlan(profile, kubeconfig), { helm: await helmExecutable(env), env });
  const folder = join("rendered", profile.name);
  const files = writeRendered(rendered, profile, join(projectRoot, folder));
  for (const { release, why } of rendered.flatMap(({ leftOut }) => leftOut))
    console.log(
      `left out: ${release.name}, chart ${release.chart} ${release.version} of ${release.repository}: ${why}`,
    );
  console.log(`${files} objects of ${rendered.length} stacks in ${folder}/`);
  return 0;
}
