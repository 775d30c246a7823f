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
      before: 'import { Serve } from "./serve";',
      add: 'import { Notifier } from "./notifier";\n',
    },
    {
      path: "stacks/serving/serving-stack.ts",
      before: "    if (profile.clickhouse.mode",
      add: '    new Notifier(this, "notifier", profile);\n',
    },
  ],
  files: [
    {
      folder: "stacks/parts/",
      name: "notifier.ts",
      content: `import { part } from "./part";
import { pods } from "./pod-demand";

export const notifierSize = { cpuMillis: 50, cpuLimitMillis: 100, memoryMebibytes: 128 };

/** Tells somebody of fraud. */
export const notifier = part({
  name: "notifier",
  isThere: () => true,
  calls: ["clickhouse"],
  kafkaRights: [],
  pods: () => [pods("notifier", notifierSize)],
});
`,
    },
    {
      folder: "stacks/serving/",
      name: "notifier.ts",
      content: `import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { notifierSize } from "../parts/notifier";

export class Notifier extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    new SingletonDeployment(this, "worker", {
      component: "notifier",
      profile,
      size: notifierSize,
      before: [],
      program: { script: "jobs/notifier/cli.ts", words: [] },
      secrets: [],
    });
  }
}
`,
    },
  ],
  generated: { "docs/profiles.md": "| notifier |" },
};
