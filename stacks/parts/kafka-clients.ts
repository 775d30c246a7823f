import type { Profile } from "../../profiles";
import type { KafkaUser } from "../../profiles/schema/kafka";
import { kafkaParts } from ".";

export const kafkaClients = Object.keys(kafkaParts) as KafkaUser[];

/** The Kafka clients that the profile has, each with its own login. */
export function kafkaClientsOf(profile: Profile): KafkaUser[] {
  return kafkaClients.filter((client) => kafkaParts[client].isThere(profile));
}
