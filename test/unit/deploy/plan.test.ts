import { existsSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { projectRoot } from "../../../stacks/platform-stack";

test("what a plan was read from goes with the process that read it", () => {
  const program = `
    const { readPlan } = require("./deploy/plan/read-plan");
    const { loadProfile } = require("./profiles");
    const plan = readPlan(loadProfile("ci"), "/nowhere");
    const { chart } = plan.flatMap(({ releases }) => releases).find(({ isUpstream }) => !isUpstream);
    console.log(JSON.stringify({ chart, isThere: require("node:fs").existsSync(chart) }));`;
  const output = execFileSync(process.execPath, ["--import", "tsx", "--eval", program], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  const { chart, isThere } = JSON.parse(output) as { chart: string; isThere: boolean };
  expect(isThere).toBe(true);
  expect(existsSync(chart)).toBe(false);
});
