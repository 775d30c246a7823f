import { containerSecurity, podSecurity } from "../../../stacks/constructs/restricted";
import { podTemplateIn } from "./pod-template";
import { violations } from "./restricted-level";
import { manifestsOf, ownManifests, titleOf } from "../manifests/rendered";

const sound = { name: "x", securityContext: containerSecurity };
const pod = { securityContext: podSecurity(1000), containers: [sound] };

test("a pod that asks for nothing comes in", () => {
  expect(violations(pod)).toEqual([]);
});

const context = (changes: object) => ({ ...sound, securityContext: { ...containerSecurity, ...changes } });

test.each([
  ["the host's network", { ...pod, hostNetwork: true }, /^hostNetwork/],
  ["the host's processes", { ...pod, hostPID: true }, /^hostPID/],
  ["a folder of the host", { ...pod, volumes: [{ name: "v", hostPath: { path: "/" } }] }, /^volumes\.0/],
  ["a port of the host", { ...pod, containers: [{ ...sound, ports: [{ hostPort: 80 }] }] }, /hostPort/],
  ["no context at all", { ...pod, containers: [{ name: "x" }] }, /^containers\.0\.securityContext/],
  [
    "more rights than it starts with",
    { ...pod, containers: [context({ allowPrivilegeEscalation: true })] },
    /Escalation/,
  ],
  ["all rights", { ...pod, containers: [context({ privileged: true })] }, /privileged/],
  [
    "capabilities",
    { ...pod, containers: [context({ capabilities: { drop: ["KILL"] } })] },
    /capabilities\.drop/,
  ],
  [
    "one capability more",
    { ...pod, containers: [context({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } })] },
    /add/,
  ],
  ["root", { ...pod, containers: [context({ runAsUser: 0 })] }, /runAsUser/],
  [
    "every system call",
    { ...pod, containers: [context({ seccompProfile: { type: "Unconfined" } })] },
    /seccomp/,
  ],
  ["its own /proc", { ...pod, containers: [context({ procMount: "Unmasked" })] }, /procMount/],
  ["it in an init container", { ...pod, initContainers: [{ name: "y" }] }, /^initContainers\.0/],
  [
    "no word of seccomp",
    { containers: [context({ seccompProfile: undefined })] },
    /^x\.seccompProfile: allowed: set here or for the pod/,
  ],
  ["no word of root", { containers: [context({ runAsNonRoot: undefined })] }, /^x\.runAsNonRoot/],
])("one that asks for %s does not", (_, wrong, says) => {
  expect(violations(wrong)).toEqual([expect.stringMatching(says)]);
});

test.each(["kind", "cloud", "ci"])(
  "every pod of ours in %s comes in",
  async (profile) => {
    const pods = manifestsOf(await ownManifests(profile)).flatMap((manifest) => {
      const template = podTemplateIn(manifest);
      return template ? [{ title: titleOf(manifest), spec: template.spec }] : [];
    });
    expect(pods.length).toBeGreaterThan(4);
    expect(pods.flatMap(({ title, spec }) => violations(spec).map((why) => `${title}: ${why}`))).toEqual([]);
  },
  60_000,
);
