import { createHash, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { kafkaCluster } from "../../stacks/names";
import { ClusterError, type Cluster } from "../cluster/kubectl";
import { withTemporaryFile } from "../temporary-file";
import type { Password } from "./password";

const secondsForStrimzi = 120;

const secretSchema = z.object({
  metadata: z.object({ uid: z.string() }),
  data: z.record(z.string(), z.string()).default({}),
});

const deploymentSchema = z.object({ status: z.object({ availableReplicas: z.number().default(0) }) });

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function randomPassword(): string {
  return Array.from({ length: 32 }, () => characters[randomInt(characters.length)]).join("");
}

/** A patch that sets a new random password, with its hash where the Secret has one. */
function patchOf({ key, madeBy }: Password): object {
  const password = randomPassword();
  const sha256 = createHash("sha256").update(password).digest("hex");
  return { stringData: { [key]: password, ...(madeBy !== "chart" && { [`${key}-sha256`]: sha256 }) } };
}

/**
 * Checks, before anything is changed, that none of the passwords is the user's own, and that Strimzi would recreate a
 * deleted Secret.
 * @throws ClusterError when that is not so
 */
export async function requireRenewable(
  passwords: readonly Password[],
  cluster: Cluster,
  namespace: string,
): Promise<void> {
  const yours = passwords.find(({ madeBy }) => madeBy === "you");
  if (yours)
    throw new ClusterError(
      `${yours.name}: the password is yours, nothing was changed: change it where it is made, write it to the key ${yours.key} of Secret ${yours.secret}, and run this again with --restart-only`,
    );
  if (!passwords.some(({ madeBy }) => madeBy === "strimzi")) return;
  const name = `${kafkaCluster}-entity-operator`;
  const deployment = await cluster.json("get", "deployment", name, "--namespace", namespace);
  if (deploymentSchema.parse(deployment).status.availableReplicas === 0)
    throw new ClusterError(
      `deployment ${name} is not available, and would make no new password: nothing was changed (kubectl -n ${namespace} describe deployment ${name})`,
    );
}

async function renewByStrimzi({ secret }: Password, cluster: Cluster, namespace: string): Promise<void> {
  const there = ["get", "secret", secret, "--namespace", namespace] as const;
  const { uid } = secretSchema.parse(await cluster.json(...there)).metadata;
  await cluster.text("delete", "secret", secret, "--namespace", namespace);
  const deadline = Date.now() + secondsForStrimzi * 1000;
  while (Date.now() < deadline) {
    const answer = await cluster.try(...there, "-o", "json");
    const found = answer.code === 0 ? secretSchema.parse(JSON.parse(answer.stdout)) : undefined;
    if (found && found.metadata.uid !== uid && found.data["password"]) return;
    await sleep(500);
  }
  throw new ClusterError(
    `Strimzi has made no new Secret ${secret} for ${secondsForStrimzi} s; it will when it runs: kubectl -n ${namespace} logs deployment/${kafkaCluster}-entity-operator -c user-operator`,
  );
}

/**
 * Writes a new password to the Secret. Workloads use the old one until they are restarted.
 * @throws ClusterError when the Secret can't be changed, or Strimzi does not recreate it in time
 */
export async function renew(password: Password, cluster: Cluster, namespace: string): Promise<void> {
  if (password.madeBy === "strimzi") return renewByStrimzi(password, cluster, namespace);
  // From a file, because other users of the machine can read command lines.
  await withTemporaryFile(patchOf(password), (file) =>
    cluster.text("patch", "secret", password.secret, "--namespace", namespace, "--patch-file", file),
  );
}
