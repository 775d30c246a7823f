import { kafkaFiles } from "../kafka-client";
import { kafkaCluster, type KafkaAccess } from "../names";
import { hashVariable, people } from "./logins";

export type AkhqAccess = KafkaAccess & { readonly login: NonNullable<KafkaAccess["login"]> };

/** Of the log-in to Kafka all but the user and the password, which only the pod sees. */
function connection({ bootstrap, login, caSecret }: AkhqAccess) {
  return {
    "bootstrap.servers": bootstrap,
    "security.protocol": caSecret === null ? "SASL_PLAINTEXT" : "SASL_SSL",
    "sasl.mechanism": login.mechanism.toUpperCase(),
    ...(caSecret !== null && { "ssl.truststore.type": "PEM", "ssl.truststore.location": kafkaFiles.ca }),
  };
}

/** Nobody sees anything without a log-in; `reader` looks at topics and groups, `operator` at brokers, too. */
export function akhqConfiguration(access: AkhqAccess) {
  const everywhere = { patterns: [".*"], clusters: [".*"] };
  return {
    micronaut: {
      security: {
        enabled: true,
        // Without it AKHQ does not hold its API to the roles.
        token: { jwt: { signatures: { secret: { generator: { secret: `\${${hashVariable("token")}}` } } } } },
      },
    },
    akhq: {
      connections: { [kafkaCluster]: { properties: connection(access) } },
      security: {
        // No group is called so: AKHQ's own default may do everything.
        "default-group": "no-roles",
        roles: {
          look: [
            { resources: ["TOPIC", "TOPIC_DATA"], actions: ["READ"] },
            // The page of a topic's records asks for them, and goes to the log-in when it is refused.
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
