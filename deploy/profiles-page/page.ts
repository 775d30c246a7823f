import { podsOf, total } from "../fit/demand";
import type { GeneratedFile } from "../../lake/generate/generated-file";
import { code, markdownTable } from "../../lake/generate/markdown";
import { ci } from "../../profiles/ci";
import { cloud } from "../../profiles/cloud";
import { kind } from "../../profiles/kind";
import type { Profile } from "../../profiles/schema";
import { small } from "../../profiles/small";
import { profileFields } from "./fields";

const profiles: readonly Profile[] = [kind, small, cloud, ci];

function gibibytes(mebibytes: number): string {
  return (mebibytes / 1024).toFixed(1);
}

function sizes(): string {
  const rows = profiles.map((profile) => {
    const { pods, cpuMillis, memoryMebibytes, storageGibibytes } = total(podsOf(profile));
    return [
      code(profile.name),
      String(pods),
      (cpuMillis / 1000).toFixed(1),
      gibibytes(memoryMebibytes),
      String(storageGibibytes),
    ];
  });
  return markdownTable(["profile", "pods", "CPU asked for", "memory, GiB", "volumes, GiB"], rows);
}

function pods(): string {
  const names = [...new Set(profiles.flatMap((profile) => podsOf(profile).map(({ name }) => name)))];
  const cell = (profile: Profile, name: string) => {
    const demand = podsOf(profile).find((pod) => pod.name === name);
    if (!demand) return "";
    const { replicas, cpuMillis, memoryMebibytes } = demand;
    return `${replicas} × ${cpuMillis}m, ${memoryMebibytes} MiB`;
  };
  return markdownTable(
    ["pod", ...profiles.map(({ name }) => code(name))],
    names.map((name) => [name, ...profiles.map((profile) => cell(profile, name))]),
  );
}

const introduction = `<!-- Generated from profiles/ by \`npm run generate\`. -->
# Profiles

A profile is all that differs between two deployments. \`kind\`, \`small\`, \`cloud\` and \`ci\` come with the project; your own is a file that
exports one, most often a known one with some fields changed:

\`\`\`ts
import { cloud } from "./profiles/cloud";
import type { Profile } from "./profiles";

export const profile: Profile = { ...cloud, name: "paris", cluster: { ...cloud.cluster, context: "paris-prod" } };
\`\`\`

\`\`\`
npm run fit -- ./paris.ts                                # what it asks for, and whether the cluster has it
npm run deploy -- ./paris.ts
npm run deploy -- kind --set bronze.triggerSeconds=30    # one value, once
PROFILE=./paris.ts PROFILE_SET="akhq.enabled=false" npx cdktf diff '*'
\`\`\`

There are no defaults: a profile has every field, and a field that nobody knows is refused. What is wrong is said with its path,
what was got and what is allowed, before anything is planned.`;

/** docs/profiles.md */
export function profileDocs(): readonly GeneratedFile[] {
  const fields = profileFields().map(({ path, allowed, meaning }) => [code(path), allowed, meaning]);
  const content = [
    introduction,
    "## What they ask for",
    "The sums of all pods that run at once, the smoke checks among them; what a cloud asks for such nodes and disks is the cost.",
    sizes(),
    pods(),
    "## Every field",
    markdownTable(["field", "allowed", "meaning"], fields),
  ].join("\n\n");
  return [{ path: "docs/profiles.md", content: `${content}\n` }];
}
