import { z } from "zod";
import type { Profile } from "../../profiles";
import { kafkaCluster } from "../../stacks/names";
import type { Cluster } from "./kubectl";

const named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

const secondsToStop = 180;

/**
 * Stops the pods of a Kafka whose resource stays. Its operator has to be deleted before. The next operator starts the
 * pods again, on the same volumes.
 *
 * The StrimziPodSet is deleted with the brokers, and the operator recreates it from the Kafka resource. If only the pods
 * were deleted, a new operator might not notice that they are missing before its next check, minutes later.
 */
export async function stopBrokers(cluster: Cluster, { namespace, operators }: Profile): Promise<void> {
  const ofKafka = ["--namespace", namespace, "--selector", `strimzi.io/cluster=${kafkaCluster}`];
  const timeout = `--timeout=${secondsToStop}s`;
  await cluster.text(
    ...["wait", "--for=delete", "pods", "--namespace", operators.namespace],
    ...["--selector", "strimzi.io/kind=cluster-operator", timeout],
  );
  // The topic and user operators are in a Deployment, whose pods Kubernetes would recreate without Strimzi.
  const { items } = named.parse(await cluster.json("get", "deployments", ...ofKafka));
  for (const { metadata } of items)
    await cluster.text("scale", "deployment", metadata.name, "--namespace", namespace, "--replicas=0");
  await cluster.text("delete", "strimzipodsets", ...ofKafka, "--cascade=foreground", "--wait", timeout);
  await cluster.text("wait", "--for=delete", "pods", ...ofKafka, timeout);
}
