import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "../../../deploy/plan/read-plan";
import { loadProfile } from "../../../profiles";
import { planFolder } from "../../fixtures/plan-folder";

const folder = planFolder();
const plan = readPlan(loadProfile("kind"), "/nowhere", folder);

interface Resource {
  readonly timeout?: number;
  readonly timeouts?: object;
  readonly spec?: { readonly progress_deadline_seconds?: number };
}

function resources(type: string): Resource[] {
  return plan.flatMap(({ name }) => {
    const file = join(folder, "stacks", `kind-${name}`, "cdk.tf.json");
    const { resource } = JSON.parse(readFileSync(file, "utf8")) as {
      resource?: Record<string, Record<string, Resource>>;
    };
    return Object.values(resource?.[type] ?? {});
  });
}

test("a release is waited for fifteen minutes", () => {
  expect(resources("helm_release").length).toBeGreaterThan(5);
  for (const { timeout } of resources("helm_release")) expect(timeout).toBe(900);
});

test("so is a Deployment of ours, which Kubernetes would else take for failed after ten", () => {
  expect(resources("kubernetes_deployment_v1")).toHaveLength(3);
  for (const { timeouts, spec } of resources("kubernetes_deployment_v1")) {
    expect(timeouts).toEqual({ create: "900s", update: "900s" });
    expect(spec?.progress_deadline_seconds).toBe(900);
  }
});
