import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { fromSecret } from "../constructs/from-secret";
import { Manifests } from "../constructs/manifests";
import { containerSecurity, podSecurity } from "../constructs/restricted";
import { UpstreamChart } from "../constructs/upstream-chart";
import { kafkaFiles } from "../kafka-client";
import { akhqLoginSecret, kafkaAccess, kafkaCluster, type KafkaAccess } from "../names";
import { resourcesOf } from "../quantities";
import { akhqLogins } from "../secrets";
import { after } from "../terraform/after";

/** AKHQ's image has no user of its own. */
const user = 1000;

function connection({ bootstrap, login, caSecret }: KafkaAccess) {
  const protocol = `${login === null ? "" : "SASL_"}${caSecret === null ? "PLAINTEXT" : "SSL"}`;
  return {
    "bootstrap.servers": bootstrap,
    "security.protocol": protocol,
    ...(login !== null && {
      "sasl.mechanism": login.mechanism.toUpperCase(),
      "sasl.jaas.config": `org.apache.kafka.common.security.${login.mechanism === "plain" ? "plain.PlainLoginModule" : "scram.ScramLoginModule"} required username="${login.user}" password="\${KAFKA_PASSWORD}";`,
    }),
    ...(caSecret !== null && { "ssl.truststore.type": "PEM", "ssl.truststore.location": kafkaFiles.ca }),
  };
}

/** Nobody sees anything without a log-in; `reader` looks at topics and groups, `operator` at their settings, too. */
function configuration(access: KafkaAccess) {
  const everywhere = { patterns: [".*"], clusters: [".*"] };
  return {
    micronaut: {
      security: {
        enabled: true,
        // Without it AKHQ does not hold its API to the roles.
        token: { jwt: { signatures: { secret: { generator: { secret: "${AKHQ_TOKEN_SECRET}" } } } } },
      },
    },
    akhq: {
      connections: { [kafkaCluster]: { properties: connection(access) } },
      security: {
        "default-group": "no-roles",
        roles: {
          look: [
            { resources: ["TOPIC", "TOPIC_DATA"], actions: ["READ"] },
            { resources: ["CONSUMER_GROUP"], actions: ["READ"] },
          ],
          settings: [{ resources: ["TOPIC", "NODE"], actions: ["READ", "READ_CONFIG"] }],
        },
        groups: {
          reader: [{ role: "look", ...everywhere }],
          operator: [
            { role: "look", ...everywhere },
            { role: "settings", ...everywhere },
          ],
        },
        "basic-auth": [
          {
            username: "reader",
            password: "${AKHQ_READER_SHA256}",
            passwordHash: "SHA256",
            groups: ["reader"],
          },
          {
            username: "operator",
            password: "${AKHQ_OPERATOR_SHA256}",
            passwordHash: "SHA256",
            groups: ["operator"],
          },
        ],
      },
    },
  };
}

/** AKHQ, read-only: what can change the lake's topics is this repository. */
export class Akhq extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    const { akhq, namespace, images } = profile;
    const access = kafkaAccess(profile, "akhq");
    const loginSecret = akhqLoginSecret(profile);
    const chart = new UpstreamChart(this, "chart", {
      chart: akhq.chart,
      release: "akhq",
      namespace,
      values: {
        ...(akhq.image !== null && {
          image: {
            repository: akhq.image.repository,
            tag: akhq.image.tag,
            pullPolicy: akhq.image.pullPolicy,
          },
        }),
        ...(images.pullSecrets.length > 0 && {
          imagePullSecrets: images.pullSecrets.map((name) => ({ name })),
        }),
        configuration: configuration(access),
        extraEnv: [
          { name: "JAVA_OPTS", value: `-Xmx${akhq.size.heapMebibytes}m` },
          ...(access.login === null
            ? []
            : [fromSecret("KAFKA_PASSWORD", access.login.passwordSecret, "password")]),
          fromSecret("AKHQ_TOKEN_SECRET", loginSecret, "token-sha256"),
          fromSecret("AKHQ_READER_SHA256", loginSecret, "reader-sha256"),
          fromSecret("AKHQ_OPERATOR_SHA256", loginSecret, "operator-sha256"),
        ],
        extraVolumes: [
          { name: "tmp", emptyDir: {} },
          ...(access.caSecret === null
            ? []
            : [{ name: "kafka-ca", secret: { secretName: access.caSecret } }]),
        ],
        extraVolumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          ...(access.caSecret === null
            ? []
            : [{ name: "kafka-ca", mountPath: kafkaFiles.caFolder, readOnly: true }]),
        ],
        securityContext: podSecurity(user),
        containerSecurityContext: containerSecurity,
        resources: resourcesOf(akhq.size),
        // Its own allows any pod in.
        networkPolicy: { enabled: false },
      },
    });
    if (akhq.existingSecret !== null) return;
    const login = new Manifests(this, "login", {
      release: "akhq-login",
      namespace,
      manifests: [],
      generatedSecrets: [{ name: loginSecret, keys: akhqLogins, sha256: true }],
    });
    after(chart, login);
  }
}
