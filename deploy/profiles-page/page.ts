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
  return markdownTable(["profile", "pods", "CPU request", "memory, GiB", "volumes, GiB"], rows);
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

A profile holds everything that differs between deployments. The project includes \`kind\`, \`small\`, \`cloud\` and \`ci\`. Your own profile is a file that
exports one, usually an existing profile with some fields changed:

\`\`\`ts
import { cloud } from "./profiles/cloud";
import type { Profile } from "./profiles";

export const profile: Profile = { ...cloud, name: "paris", cluster: { ...cloud.cluster, context: "paris-prod" } };
\`\`\`

\`\`\`
npm run fit -- ./paris.ts                                # the resources it requests, and whether the cluster has them
npm run deploy -- ./paris.ts
npm run deploy -- kind --set bronze.triggerSeconds=30    # changes one value, for this deploy only
PROFILE=./paris.ts PROFILE_SET="akhq.enabled=false" npx cdktf diff '*'
\`\`\`

There are no defaults: a profile must have every field, and unknown fields are refused. The profile is checked before anything is planned; each error
names the field, its value and what is allowed.`;

/** The generated page docs/profiles.md. */
export function profileDocs(): readonly GeneratedFile[] {
  const fields = profileFields().map(({ path, allowed, meaning }) => [code(path), allowed, meaning]);
  const content = [
    introduction,
    "## Requested resources",
    "These are the sums over all pods that run at once, including the smoke checks. They determine the cost of nodes and disks in a cloud.",
    sizes(),
    pods(),
    "## Fields",
    markdownTable(["field", "allowed", "meaning"], fields),
  ].join("\n\n");
  return [{ path: "docs/profiles.md", content: `${content}\n` }];
}
