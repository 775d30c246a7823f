import type { Recipe } from "./recipe";

export const part: Recipe = {
  what: "a part of the platform",
  edits: [
    {
      path: "stacks/parts/index.ts",
      before: 'import { serve } from "./serve";',
      add: 'import { notifier } from "./notifier";\n',
    },
    { path: "stacks/parts/index.ts", before: "  smoke,\n  watchdog,\n  akhq,\n}", add: "  notifier,\n" },
    {
      path: "stacks/serving/serving-stack.ts",
      before: 'import { serve } from "../parts/serve";',
      add: 'import { notifier } from "../parts/notifier";\n',
    },
    {
      path: "stacks/serving/serving-stack.ts",
      before: "    if (profile.clickhouse.mode",
      add: '    new SingletonDeployment(this, "notifier", notifier, profile);\n',
    },
  ],
  files: [
    {
      folder: "stacks/parts/",
      name: "notifier.ts",
      content: `import { nodePart } from "./node-part";

/** Tells somebody of fraud. */
export const notifier = nodePart({
  name: "notifier",
  isThere: () => true,
  calls: ["clickhouse"],
  kafkaRights: [],
  size: () => ({ cpuMillis: 50, cpuLimitMillis: 100, memoryMebibytes: 128 }),
  program: () => ({ script: "jobs/notifier/cli.ts", args: [] }),
});
`,
    },
  ],
  generated: { "docs/profiles.md": "| notifier |" },
};
