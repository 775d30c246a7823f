import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
  type AclEntry,
  type Kafka,
} from "kafkajs";
import type { Launch } from "../../../local/jvm/launch";
import { broker, type BrokerOptions, type GuardedListener } from "../../../local/kafka/broker";
import { kafkaParts } from "../../../stacks/parts";
import type { KafkaUser } from "../../../profiles/schema/kafka";
import type { Keystore } from "./keystore";

/** The local broker, set up as on a cluster: its guarded listener uses TLS, and what no ACL allows is forbidden. */
export function secureBroker(options: BrokerOptions, guarded: GuardedListener, keystore: Keystore): Launch {
  const launch = broker({ ...options, guarded });
  const more = {
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL",
    "listener.name.guarded.ssl.keystore.type": "PKCS12",
    "listener.name.guarded.ssl.keystore.location": keystore.file,
    "listener.name.guarded.ssl.keystore.password": keystore.password,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    // The test itself, through the open listener.
    "super.users": "User:ANONYMOUS",
  };
  // When a property is set twice, the last line wins.
  const lines = Object.entries(more).map(([name, value]) => `${name}=${value}\n`);
  const files = Object.entries(launch.files).map(([path, content]) => [
    path,
    path.endsWith("server.properties") ? content + lines.join("") : content,
  ]);
  return { ...launch, files: Object.fromEntries(files) as Launch["files"] };
}

const operations = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  Delete: AclOperationTypes.DELETE,
} as const;

const resourceTypes = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;
const patternTypes = {
  literal: ResourcePatternTypes.LITERAL,
  prefix: ResourcePatternTypes.PREFIXED,
} as const;

function entriesOf(client: KafkaUser): AclEntry[] {
  return kafkaParts[client].kafkaRights.flatMap(({ resource, operations: allowed }) =>
    resource.type === "cluster"
      ? []
      : allowed.map((operation) => ({
          resourceType: resourceTypes[resource.type],
          resourceName: resource.name,
          resourcePatternType: patternTypes[resource.patternType],
          principal: `User:${client}`,
          host: "*",
          operation: operations[operation],
          permissionType: AclPermissionTypes.ALLOW,
        })),
  );
}

/** Gives clients the rights that they have on a cluster. */
export async function grant(kafka: Kafka, clients: readonly KafkaUser[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.createAcls({ acl: clients.flatMap(entriesOf) });
  } finally {
    await admin.disconnect();
  }
}
