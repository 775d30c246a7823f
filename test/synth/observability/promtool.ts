import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execute } from "../../../deploy/execute";
import { prometheusRule } from "../../../stacks/observability/prometheus-rule";
import type { Profile } from "../../../profiles";

/** Path of promtool, Prometheus' own checker of rules. */
export function findPromtool(env: NodeJS.ProcessEnv): string | undefined {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "promtool"))
    .find((file) => existsSync(file));
}

/** Value by series, constant over all the time before the evaluation. */
export type Series = Readonly<Record<string, number>>;

export const lookAtSeconds = 7 * 24 * 60 * 60;

async function withRules<T>(profile: Profile, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "rules-"));
  try {
    writeFileSync(join(folder, "rules.json"), JSON.stringify(prometheusRule(profile).spec));
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** promtool's errors about the rules of a profile; empty when they are valid. */
export function wrongRules(promtool: string, profile: Profile): Promise<string> {
  return withRules(profile, async (folder) => {
    const { code, stdout, stderr } = await execute(
      promtool,
      ["check", "rules", join(folder, "rules.json")],
      process.env,
    );
    return code === 0 ? "" : `${stdout}${stderr}`;
  });
}

/** Names of the alerts that Prometheus fires for these series, `lookAtSeconds` after the start of 1970. */
export function firing(promtool: string, profile: Profile, series: Series): Promise<string[]> {
  const minutes = lookAtSeconds / 60;
  const test = {
    rule_files: ["rules.json"],
    evaluation_interval: "10m",
    tests: [
      {
        interval: "10m",
        input_series: Object.entries(series).map(([name, value]) => ({
          series: name,
          values: `${value}x${minutes / 10}`,
        })),
        promql_expr_test: [
          {
            expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
            eval_time: `${minutes}m`,
            // An alert that never fires, so that promtool's error lists those that do.
            exp_samples: [{ labels: '{alertname="none"}', value: 1 }],
          },
        ],
      },
    ],
  };
  return withRules(profile, async (folder) => {
    const file = join(folder, "test.json");
    writeFileSync(file, JSON.stringify(test));
    const { stdout, stderr } = await execute(promtool, ["test", "rules", file], process.env);
    const said = `${stdout}${stderr}`;
    const [, got] = /got:(.*)/.exec(said) ?? [];
    if (got === undefined) throw new Error(`${promtool} tested nothing: ${said}`);
    return [...got.matchAll(/alertname="([^"]+)"/g)].map(([, name = ""]) => name).toSorted();
  });
}
