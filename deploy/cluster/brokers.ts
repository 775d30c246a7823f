import { z } from "zod";
import type { Profile } from "../../profiles";
import { kafkaCluster } from "../../stacks/names";
import type { Cluster } from "./kubectl";

const named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

const secondsToStop = 180;

/**
 * Stops what runs of a Kafka whose resource stays: nobody brings the pods back until an operator is there again, which
 * then goes on with the same volumes. Its operator has to be deleted before.
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
  await cluster.text("delete", "pods", ...ofKafka, "--wait", timeout);
}
