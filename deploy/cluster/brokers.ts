import { z } from "zod";
import type { Profile } from "../../profiles";
import { kafkaCluster } from "../../stacks/names";
import type { Cluster } from "./kubectl";

const named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

const secondsToStop = 180;

/**
 * Stops what runs of a Kafka whose resource stays: nobody brings the pods back until an operator is there again, which
 * then goes on with the same volumes. Its operator has to be deleted before.
 *
 * The brokers go with their StrimziPodSet, which the operator makes again from the Kafka resource. An operator that starts
 * beside one whose pods are missing may not see it before its next look, minutes later.
 */
export async function stopBrokers(cluster: Cluster, { namespace, operators }: Profile): Promise<void> {
  const ofKafka = ["--namespace", namespace, "--selector", `strimzi.io/cluster=${kafkaCluster}`];
  const timeout = `--timeout=${secondsToStop}s`;
  await cluster.text(
    ...["wait", "--for=delete", "pods", "--namespace", operators.namespace],
    ...["--selector", "strimzi.io/kind=cluster-operator", timeout],
  );
  // The topic and the user operator are in a Deployment, which Kubernetes itself would bring back.
  const { items } = named.parse(await cluster.json("get", "deployments", ...ofKafka));
  for (const { metadata } of items)
    await cluster.text("scale", "deployment", metadata.name, "--namespace", namespace, "--replicas=0");
  await cluster.text("delete", "strimzipodsets", ...ofKafka, "--cascade=foreground", "--wait", timeout);
  await cluster.text("wait", "--for=delete", "pods", ...ofKafka, timeout);
}
