import { join } from "node:path";
import { loadProfile } from "../../profiles";
import { projectRoot } from "../../stacks/platform-stack";
import { profileCommand, readCommandLine } from "../command-line";
import { readPlan } from "../plan/read-plan";
import { render, writeRendered } from "../render/render";
import { secretsToMake } from "../render/secrets-page";
import { helmExecutable } from "../tools";

/** `npm run render -- <profile>` */
export async function renderCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = profileCommand("render", "Writes every manifest that a deploy would bring, to rendered/");
  const line = readCommandLine(command, args, env);
  if (!line) return 0;
  const profile = loadProfile(line.profile, line.changes);
  const rendered = await render(readPlan(profile, line.kubeconfig), { helm: await helmExecutable(env), env });
  const folder = join("rendered", profile.name);
  const files = writeRendered(rendered, profile, join(projectRoot, folder));
  for (const { release, why } of rendered.flatMap(({ leftOut }) => leftOut))
    console.log(
      `left out: ${release.name}, chart ${release.chart} ${release.version} of ${release.repository}: ${why}`,
    );
  for (const secret of secretsToMake(profile))
    console.log(`left out: Secret ${secret}: ${folder}/secrets.md says how it is made`);
  console.log(`${files} objects of ${rendered.length} stacks in ${folder}/`);
  return 0;
}
