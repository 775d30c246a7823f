import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { charts, versions } from "../../../versions";

const folder = join(__dirname, "../../../.github/workflows");

const workflow = z.object({
  permissions: z.object({}).strict(),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.string()),
      steps: z.array(z.looseObject({ uses: z.string().optional(), with: z.looseObject({}).optional() })),
    }),
  ),
});

describe.each(readdirSync(folder))("%s", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const { jobs } = workflow.parse(parse(text));
  const steps = Object.values(jobs).flatMap(({ steps }) => steps);

  test("names each action by the digest of its commit, and says which version that is", () => {
    for (const line of text.split("\n").filter((line) => line.includes("uses:")))
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+/);
  });

  test("leaves no credentials in a checkout", () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(step.with).toMatchObject({ "persist-credentials": false });
  });

  test("installs the pinned Terraform", () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("hashicorp/setup-terraform@")))
      expect(step.with).toMatchObject({ terraform_version: versions.terraform });
  });

  test("installs the pinned kube-score", () => {
    for (const [, version] of text.matchAll(/kube-score@(\S+)/g))
      expect(version).toBe(`v${versions.kubeScore}`);
  });

  test("pulls others' charts from the pinned places, at the pinned versions", () => {
    const pulled = [...text.matchAll(/helm pull (?:(oci:\S+)\/)?(\S+)(?: --repo (\S+))? --version (\S+)/g)];
    for (const [, registry, chart, repository, version] of pulled)
      expect(Object.values(charts)).toContainEqual({ repository: registry ?? repository, chart, version });
    expect(pulled.length).toBe(file === "ci.yml" ? Object.keys(charts).length : 0);
  });

  test("puts no expression into a script, where it would be run", () => {
    for (const { run } of steps) expect(typeof run === "string" ? run : "").not.toContain("${{");
  });
});
