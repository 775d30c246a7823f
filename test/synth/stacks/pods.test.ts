import type { Manifest } from "../../../stacks/constructs/manifests";
import { nodePod } from "../../../stacks/constructs/node-pod";
import { eventsim } from "../../../stacks/parts/eventsim";
import type { NodePart } from "../../../stacks/parts/node-part";
import { serve } from "../../../stacks/parts/serve";
import { watchdog } from "../../../stacks/parts/watchdog";
import { loadProfile } from "../../../profiles";
import { planOf } from "../../fixtures/planned";

function podIn(profile: string, change: string, part: NodePart): object | undefined {
  const workloads = planOf(profile, change).flatMap((stack) => stack.workloads);
  const workload = workloads.find(({ metadata }) => metadata.name === part.name) as
    | (Manifest & {
        spec: { template?: { spec: object }; jobTemplate?: { spec: { template: { spec: object } } } };
      })
    | undefined;
  return workload?.spec.template?.spec ?? workload?.spec.jobTemplate?.spec.template.spec;
}

const change = 'images.pullSecrets=["one","two"]';

test.each([eventsim, serve, watchdog])("Terraform is told of the whole pod of $name", (part) => {
  const profile = loadProfile("cloud", change);
  const pod = nodePod(part, profile);
  expect(pod.imagePullSecrets).toEqual([{ name: "one" }, { name: "two" }]);
  expect(podIn("cloud", change, part)).toMatchObject(pod);
});
