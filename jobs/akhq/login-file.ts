import { jaasLine } from "../kafka/jaas";
import type { KafkaSecurity } from "../kafka/security";

const dollar = "kafka-login.dollar";

/** Micronaut takes `${...}` in a value for the name of another one, and has no sign that escapes it. */
function micronautValue(text: string): string {
  return text.replaceAll("$", `\${${dollar}}`);
}

/** A configuration file of AKHQ, as YAML, with nothing but how one of its connections logs in to Kafka. */
export function loginFile(connection: string, login: NonNullable<KafkaSecurity["sasl"]>): string {
  const properties = { "sasl.jaas.config": micronautValue(jaasLine(login)) };
  return `${JSON.stringify({ [dollar]: "$", akhq: { connections: { [connection]: { properties } } } })}\n`;
}
