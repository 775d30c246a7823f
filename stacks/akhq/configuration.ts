import { kafkaFiles } from "../kafka-client";
import { kafkaCluster, type KafkaAccess } from "../names";
import { hashVariable, people } from "./logins";

export type AkhqAccess = KafkaAccess & { readonly login: NonNullable<KafkaAccess["login"]> };

/** The connection to Kafka without user and password, which an init container writes in the pod. */
function connection({ bootstrap, login, caSecret }: AkhqAccess) {
  return {
    "bootstrap.servers": bootstrap,
    "security.protocol": caSecret === null ? "SASL_PLAINTEXT" : "SASL_SSL",
    "sasl.mechanism": login.mechanism.toUpperCase(),
    ...(caSecret !== null && { "ssl.truststore.type": "PEM", "ssl.truststore.location": kafkaFiles.ca }),
  };
}

/** Users must log in. `reader` sees topics and consumer groups, `operator` also brokers. */
export function akhqConfiguration(access: AkhqAccess) {
  const everywhere = { patterns: [".*"], clusters: [".*"] };
  return {
    micronaut: {
      security: {
        enabled: true,
        // Without it AKHQ does not enforce the roles on its API.
        token: { jwt: { signatures: { secret: { generator: { secret: `\${${hashVariable("token")}}` } } } } },
      },
    },
    akhq: {
      connections: { [kafkaCluster]: { properties: connection(access) } },
      security: {
        // A group that does not exist, because AKHQ's own default group may do everything.
        "default-group": "no-roles",
        roles: {
          look: [
            { resources: ["TOPIC", "TOPIC_DATA"], actions: ["READ"] },
            // The page of a topic's records requests the topic's settings, and shows the login when that is refused.
            { resources: ["TOPIC"], actions: ["READ_CONFIG"] },
            { resources: ["CONSUMER_GROUP"], actions: ["READ"] },
          ],
          settings: [{ resources: ["NODE"], actions: ["READ", "READ_CONFIG"] }],
        },
        groups: {
          reader: [{ role: "look", ...everywhere }],
          operator: [
            { role: "look", ...everywhere },
            { role: "settings", ...everywhere },
          ],
        },
        "basic-auth": people.map((username) => ({
          username,
          password: `\${${hashVariable(username)}}`,
          passwordHash: "SHA256",
          groups: [username],
        })),
      },
    },
  };
}
