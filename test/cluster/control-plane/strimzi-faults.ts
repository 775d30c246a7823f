import type { ControlPlane } from "./control-plane";
import type { ControlPlaneFault } from "./fault";

const topic = "listen-events";
const user = "bronze";

const show = ({ kubectl, namespace }: ControlPlane, kind: string, name: string, path: string) =>
  kubectl.do("get", kind, name, "-n", namespace, "-o", `jsonpath={${path}}`);

let topicId: string;
let password: string;

/** Faults of a Kafka that is itself an object of the cluster. */
export const strimziFaults: readonly ControlPlaneFault[] = [
  {
    what: "a topic's resource deleted",
    healed: "the topic keeps its records, and a deploy makes the resource again",
    inflict: async (plane) => {
      topicId = await show(plane, "kafkatopic", topic, ".status.topicId");
      await plane.kubectl.do("delete", "kafkatopic", topic, "-n", plane.namespace, "--timeout=60s");
    },
    said: ({ kubectl, namespace }) => {
      const logs = ["logs", "-n", namespace, "deployment/lake-entity-operator", "-c", "topic-operator"];
      return kubectl.do(...logs).then((said) => expect(said).toMatch(/topic deletion is disabled/));
    },
    heal: async (plane) => {
      await plane.deploy("--stacks", "kafka");
      const path = "jsonpath={.status.topicId}";
      await plane.kubectl.waitFor(/^\S+$/, ["kafkatopic", topic, "-n", plane.namespace, "-o", path], 120);
      expect(await show(plane, "kafkatopic", topic, ".status.topicId")).toBe(topicId);
    },
  },
  {
    what: "bronze's user deleted",
    healed: "smoke finds bronze to stand, and a deploy makes the user again with another password",
    inflict: async (plane) => {
      password = await show(plane, "secret", user, ".data.password");
      await plane.kubectl.do("delete", "kafkauser", user, "-n", plane.namespace, "--timeout=60s");
    },
    said: (plane) => plane.smokeSays(/bronze/),
    heal: async (plane) => {
      await plane.deploy("--stacks", "kafka");
      const path = "jsonpath={.data.password}";
      await plane.kubectl.waitFor(/^\S+$/, ["secret", user, "-n", plane.namespace, "-o", path], 120);
      expect(await show(plane, "secret", user, ".data.password")).not.toBe(password);
    },
  },
  {
    what: "Strimzi's rights taken away, and the broker lost",
    healed: "a deploy gives them back, and the broker comes",
    inflict: async ({ kubectl, namespace }) => {
      await kubectl.do(
        "delete",
        "rolebinding",
        "strimzi-cluster-operator-watched",
        "strimzi-cluster-operator",
        "-n",
        namespace,
      );
      await kubectl.do("delete", "pod", "lake-node-0", "-n", namespace, "--force", "--grace-period=0");
    },
    said: (plane) => plane.smokeSays(/Kafka/),
    heal: (plane) => plane.deploy("--stacks", "operators"),
  },
  {
    what: "Strimzi's lease taken by somebody else",
    healed: "it starts again and takes the lease when it has run out",
    inflict: ({ kubectl, operators }) =>
      kubectl.do(
        ...["patch", "lease", "strimzi-cluster-operator", "-n", operators, "--type=merge"],
        ...["-p", JSON.stringify({ spec: { holderIdentity: "somebody-else" } })],
      ),
    said: ({ kubectl, operators }) =>
      kubectl.waitFor(
        /^strimzi-cluster-operator-/,
        ["lease", "strimzi-cluster-operator", "-n", operators, "-o", "jsonpath={.spec.holderIdentity}"],
        300,
      ),
    heal: ({ kubectl, namespace }) =>
      kubectl.do("delete", "pod", "lake-node-0", "-n", namespace, "--force", "--grace-period=0"),
  },
];
