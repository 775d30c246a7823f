import type { Profile } from "../../profiles";
import { partOf } from "../../stacks/labels";
import { secondsToBeReady } from "../../stacks/patience";
import type { Cluster } from "./kubectl";
import { labelSelector } from "./label-selector";

/**
 * Waits until no pod of the lake and of the Spark operator runs: deleting their owners does not wait for them to end.
 * @throws ClusterError when they do not end in time
 */
export async function untilNoPodRuns(cluster: Cluster, { namespace, operators }: Profile): Promise<void> {
  const places = [
    { where: namespace, labels: partOf },
    { where: operators.namespace, labels: { "app.kubernetes.io/name": "spark-operator" } },
  ];
  for (const { where, labels } of places)
    await cluster.text(
      ...["wait", "--for=delete", "pods", "--namespace", where, "--selector", labelSelector(labels)],
      ...["--field-selector", "status.phase=Running", `--timeout=${secondsToBeReady}s`],
    );
}
