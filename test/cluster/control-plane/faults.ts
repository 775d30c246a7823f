import type { ClusterProfile } from "../settings";
import type { ControlPlaneFault } from "./fault";
import { strimziFaults } from "./strimzi-faults";

const quota = "no-pods";
const webhook = "deployment/spark-operator-webhook";

const faults: readonly ControlPlaneFault[] = [
  {
    what: "the Spark operator's rights taken away, and bronze's driver lost",
    healed: "the operator's log says what is forbidden, a deploy gives the rights back",
    inflict: async (plane) => {
      const { kubectl, namespace } = plane;
      await kubectl.do("delete", "rolebinding", "spark-operator-controller", "-n", namespace);
      await plane.killDriver("bronze");
    },
    said: (plane) => plane.operatorLogs(/is forbidden: User/),
    heal: (plane) => plane.deploy("--stacks", "operators"),
  },
  {
    what: "a quota of zero pods, and bronze's driver lost",
    healed: "smoke names the quota, and all comes back when it is gone",
    inflict: async (plane) => {
      const { kubectl, namespace } = plane;
      const metadata = { name: quota, namespace };
      const spec = { hard: { pods: "0" } };
      await kubectl.apply([{ apiVersion: "v1", kind: "ResourceQuota", metadata, spec }]);
      await plane.killDriver("bronze");
    },
    said: async (plane) => {
      await plane.smokeSays(/can't start: .*exceeded quota: no-pods/);
      await plane.jobSays("bronze", /exceeded quota: no-pods/);
    },
    heal: ({ kubectl, namespace }) => kubectl.do("delete", "resourcequota", quota, "-n", namespace),
  },
  {
    what: "serve's pod given the labels of another part",
    healed: "another pod takes its place, and the old one reaches nothing any more",
    inflict: ({ kubectl, namespace }) =>
      kubectl.do(
        ...["label", "pods", "-n", namespace, "-l", "app.kubernetes.io/component=serve"],
        ...["app.kubernetes.io/component=nothing", "--overwrite"],
      ),
    said: ({ kubectl, namespace }) =>
      kubectl.do("rollout", "status", "deployment/serve", "-n", namespace, "--timeout=300s"),
    heal: ({ kubectl, namespace }) =>
      kubectl.do("delete", "pods", "-n", namespace, "-l", "app.kubernetes.io/component=nothing"),
  },
  {
    what: "the Spark operator's lease taken by somebody else",
    healed: "it starts again and takes the lease when it has run out",
    inflict: async ({ kubectl, operators }) => {
      const lease = ["lease", "spark-operator-controller-lock", "-n", operators];
      const holder = { spec: { holderIdentity: "somebody-else", renewTime: microTime() } };
      await kubectl.do("patch", ...lease, "--type=merge", "-p", JSON.stringify(holder));
    },
    said: ({ kubectl, operators }) =>
      kubectl.waitFor(
        /^spark-operator-controller-/,
        [
          ...["lease", "spark-operator-controller-lock", "-n", operators],
          ...["-o", "jsonpath={.spec.holderIdentity}"],
        ],
        300,
      ),
    heal: (plane) => plane.killDriver("bronze"),
  },
  {
    what: "the webhook away while bronze starts again",
    healed: "the application says so, and starts when the webhook is back",
    inflict: async (plane) => {
      await plane.kubectl.do("scale", webhook, "-n", plane.operators, "--replicas=0");
      await plane.killDriver("bronze");
    },
    said: (plane) => plane.jobSays("bronze", /failed calling webhook/),
    heal: ({ kubectl, operators }) => kubectl.do("scale", webhook, "-n", operators, "--replicas=1"),
  },
  {
    what: "the namespace's level of security taken away",
    healed: "a deploy sets it again",
    inflict: ({ kubectl, namespace }) =>
      kubectl.do("label", "namespace", namespace, "pod-security.kubernetes.io/enforce-"),
    said: (plane) => plane.deploy("--stacks", "foundation"),
    heal: ({ kubectl, namespace }) =>
      kubectl.waitFor(
        /^restricted$/,
        [
          ...["namespace", namespace],
          ...["-o", "jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}"],
        ],
        10,
      ),
  },
];

/** The current time in a lease's format. */
function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}

export function controlPlaneFaults(profile: ClusterProfile): readonly ControlPlaneFault[] {
  return profile === "kind" ? [...faults, ...strimziFaults] : faults;
}
