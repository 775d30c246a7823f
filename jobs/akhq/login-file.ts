import { jaasLine } from "../kafka/jaas";
import type { KafkaSecurity } from "../kafka/security";

const dollar = "kafka-login.dollar";

/** Micronaut reads `${...}` in a value as a reference to another value, and has no escape for it. */
function micronautValue(text: string): string {
  return text.replaceAll("$", `\${${dollar}}`);
}

/** An AKHQ configuration file, as YAML, which only says how one of its connections logs in to Kafka. */
export function loginFile(connection: string, login: NonNullable<KafkaSecurity["sasl"]>): string {
  const properties = { "sasl.jaas.config": micronautValue(jaasLine(login)) };
  return `${JSON.stringify({ [dollar]: "$", akhq: { connections: { [connection]: { properties } } } })}\n`;
}
