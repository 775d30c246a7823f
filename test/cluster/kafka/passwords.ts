import { kafkaClients } from "../../../stacks/parts/kafka-clients";
import type { Kubectl } from "../kubectl";

/** The passwords in the Secrets of Kafka's clients, by client; of those that exist. */
export async function passwords(kubectl: Kubectl, namespace: string): Promise<Record<string, string>> {
  const path = '{range .items[*]}{.metadata.name} {.data.password}{"\\n"}{end}';
  const secrets = ["get", "secrets", "-n", namespace, ...kafkaClients, "--ignore-not-found"];
  const said = await kubectl.do(...secrets, "-o", `jsonpath=${path}`);
  return Object.fromEntries(
    [...said.matchAll(/^(\S+) (\S+)$/gm)].map(([, client = "", password = ""]) => [
      `password of ${client}`,
      password,
    ]),
  );
}
