import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { App } from "cdktf";
import { loadProfile } from "../../../profiles";
import { Grant } from "../../../stacks/constructs/grant";
import { containerSecurity } from "../../../stacks/constructs/restricted";
import { PlatformStack } from "../../../stacks/platform-stack";
import { planFolder } from "../../fixtures/plan-folder";
import { manifestsOf, ownManifests, titleOf } from "../manifests/rendered";

const bound = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };
const resources = { requests: bound, limits: bound };
const sound = { name: "x", image: "x:1", resources, securityContext: containerSecurity };

function synthesize(container: object, token = false): () => void {
  const app = new App({ outdir: planFolder() });
  const stack = new PlatformStack(app, "serving", { profile: loadProfile("kind"), kubeconfig: "/nowhere" });
  new DeploymentV1(stack, "x", {
    metadata: { name: "x" },
    spec: {
      template: {
        metadata: {},
        spec: { automountServiceAccountToken: token, container: [{ ...sound, ...container }] },
      },
    },
  });
  return () => app.synth();
}

test("a container that asks for no more than it must is written", () => {
  expect(synthesize({})).not.toThrow();
});

test.each([
  ["no limits", { resources: { requests: resources.requests } }, /resources\.limits/],
  [
    "no bound to what it leaves on the node's disk",
    { resources: { ...resources, limits: { cpu: "1", memory: "1Gi" } } },
    /resources\.limits\.ephemeral-storage/,
  ],
  ["no resources", { resources: undefined }, /resources/],
  ["no security context", { securityContext: undefined }, /security_context/],
  [
    "a root file system to write to",
    { securityContext: { ...containerSecurity, readOnlyRootFilesystem: false } },
    /read_only_root_filesystem/,
  ],
  ["root", { securityContext: { ...containerSecurity, runAsNonRoot: false } }, /run_as_non_root/],
  ["capabilities", { securityContext: { ...containerSecurity, capabilities: { drop: [] } } }, /capabilities/],
  ["an image of any version", { image: "node" }, /image/],
])("one with %s stops the synth", (_, container, says) => {
  expect(synthesize(container)).toThrow(says);
});

test("so does a token that nobody needs", () => {
  expect(synthesize({}, true)).toThrow(/automount_service_account_token/);
});

function cronJob(pod: object, granted?: string): () => void {
  const app = new App({ outdir: planFolder() });
  const stack = new PlatformStack(app, "serving", { profile: loadProfile("kind"), kubeconfig: "/nowhere" });
  const spec = { automountServiceAccountToken: false, container: [sound], ...pod };
  new CronJobV1(stack, "x", {
    metadata: { name: "x" },
    spec: {
      schedule: "* * * * *",
      jobTemplate: { metadata: {}, spec: { template: { metadata: {}, spec } } },
    },
  });
  if (granted !== undefined)
    new Grant(stack, "grant", {
      name: granted,
      namespace: "lake",
      account: { name: granted, namespace: "lake" },
      rules: [{ apiGroups: [""], resources: ["events"], verbs: ["create"] }],
    });
  return () => app.synth();
}

test("a CronJob is held to the same", () => {
  expect(cronJob({})).not.toThrow();
  expect(cronJob({ container: [{ ...sound, image: "node" }] })).toThrow(/image/);
});

test("a token is for an account that is granted something, and for no other", () => {
  const pod = { automountServiceAccountToken: true, serviceAccountName: "mine" };
  expect(cronJob(pod, "mine")).not.toThrow();
  expect(cronJob(pod, "other")).toThrow(/automount_service_account_token: allowed: true only for an account/);
  expect(cronJob(pod)).toThrow(/automount_service_account_token/);
});

test("an object without labels gets the project's", () => {
  const app = new App({ outdir: planFolder() });
  const stack = new PlatformStack(app, "serving", { profile: loadProfile("kind"), kubeconfig: "/nowhere" });
  const map = new ConfigMapV1(stack, "x", { metadata: { name: "x", labels: { mine: "stays" } } });
  app.synth();
  expect(JSON.stringify(map.toTerraform())).toContain("spotify-content-management");
  expect(JSON.stringify(map.toTerraform())).toContain('"mine":"stays"');
});

test.each(["kind", "cloud", "ci"])(
  "every object of %s carries the project's label",
  async (profile) => {
    const without = manifestsOf(await ownManifests(profile)).filter(
      ({ metadata }) => metadata.labels?.["app.kubernetes.io/part-of"] !== "spotify-content-management",
    );
    expect(without.map(titleOf)).toEqual([]);
  },
  60_000,
);
