import type { IKafka } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/Kafka";
import type { IKafkaNodePool } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaNodePool";
import type { PodTemplate } from "./pod-template";

/**
 * The pods that Strimzi 1.2.0 creates for the project's Kafka and KafkaNodePool, as far as it decides whether a namespace admits
 * them, a policy lets them through and a node has room for them. Written down from its source; check it again with each version
 * of Strimzi. Files are below cluster-operator/src/main/java/io/strimzi/operator/cluster/model/.
 */

export interface MadePod {
  readonly template: PodTemplate;
  /** The connections of its processes, as `peer port` in the picture's names. */
  readonly calls: readonly string[];
}

/** The input from the project's manifests. */
export interface Given {
  readonly kafka: IKafka;
  readonly pool: IKafkaNodePool;
  /** STRIMZI_POD_SECURITY_PROVIDER_CLASS of the operator. */
  readonly securityProvider: string | undefined;
  readonly apiServerPorts: readonly number[];
}

interface ContainerTemplate {
  readonly securityContext?: object;
}

interface Probe {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
  readonly timeoutSeconds?: number;
}

/** RestrictedPodSecurityProvider.java (api/src/main/java/io/strimzi/plugin/security/profiles/impl/): the template's context wins. */
function containerContext(template: ContainerTemplate | undefined, provider: string | undefined) {
  if (template?.securityContext !== undefined) return template.securityContext;
  if (provider !== "restricted") return undefined;
  return {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
    capabilities: { drop: ["ALL"] },
  };
}

/** Labels.java (operator-common), AbstractModel.java */
function labels(cluster: string, component: string, type: string) {
  return {
    "strimzi.io/cluster": cluster,
    "strimzi.io/kind": "Kafka",
    "strimzi.io/name": component,
    "strimzi.io/component-type": type,
    "app.kubernetes.io/name": type,
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/part-of": `strimzi-${cluster}`,
    "app.kubernetes.io/managed-by": "strimzi-cluster-operator",
  };
}

/** VolumeUtils.createServiceAccountVolume: no pod gets a token automatically, and every container mounts this one. */
const token = {
  name: "kube-api-access",
  projected: { sources: [{ serviceAccountToken: { path: "token" } }] },
};
const tokenMount = { name: token.name, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" };

/** VolumeUtils.createTempDirVolume, createEmptyDirVolume */
const memoryVolume = (name: string, sizeLimit: string) => ({
  name,
  emptyDir: { medium: "Memory", sizeLimit },
});
const configVolume = (name: string, configMap: string) => ({ name, configMap: { name: configMap } });

/** ProbeUtils.defaultBuilder, StrimziProbe.java (api), and Kubernetes' own defaults */
function probe(given: Probe | undefined, byDefault: Probe) {
  return { initialDelaySeconds: 15, periodSeconds: 10, failureThreshold: 3, ...(given ?? byDefault) };
}

/** KafkaCluster.java: createContainer, createInitContainer, getContainerPortList, getPodSetVolumes, generatePodSets */
function broker({ kafka, pool, securityProvider, apiServerPorts }: Given): MadePod {
  const cluster = kafka.metadata?.name ?? "";
  const { listeners, rack, metricsConfig, livenessProbe, readinessProbe } = kafka.spec.kafka;
  const { template, resources, storage } = pool.spec;
  const volumes = storage.volumes ?? [];
  const persistent = volumes.some(({ type }) => type === "persistent-claim");
  const byDefault = { initialDelaySeconds: 15, timeoutSeconds: 5 };
  const init = {
    name: "kafka-init",
    image: "strimzi/operator",
    securityContext: containerContext(template?.initContainer, securityProvider),
    resources,
    volumeMounts: [tokenMount, { name: "rack-volume", mountPath: "/opt/kafka/init" }],
  };
  const ports = [
    8443,
    9090,
    9091,
    ...listeners.map(({ port }) => port),
    ...(metricsConfig === undefined ? [] : [9404]),
  ];
  return {
    template: {
      metadata: { labels: labels(cluster, `${cluster}-kafka`, "kafka") },
      spec: {
        serviceAccountName: `${cluster}-kafka`,
        automountServiceAccountToken: false,
        imagePullSecrets: [],
        // BaselinePodSecurityProvider.java: only with claims.
        ...(persistent && { securityContext: { fsGroup: 0 } }),
        initContainers: rack === undefined ? [] : [init as unknown as Container],
        containers: [
          {
            name: "kafka",
            image: "strimzi/kafka",
            securityContext: containerContext(template?.kafkaContainer, securityProvider),
            resources,
            ports: ports.map((containerPort) => ({ containerPort })),
            livenessProbe: probe(livenessProbe, byDefault),
            readinessProbe: probe(readinessProbe, byDefault),
            volumeMounts: [
              ...volumes.map(({ id }) => ({ name: `data-${id}`, mountPath: `/var/lib/kafka/data-${id}` })),
              tokenMount,
              { name: "strimzi-tmp", mountPath: "/tmp" },
              { name: "kafka-metrics-and-logging", mountPath: "/opt/kafka/custom-config/" },
              { name: "ready-files", mountPath: "/var/opt/kafka" },
              ...(rack === undefined ? [] : [{ name: "rack-volume", mountPath: "/opt/kafka/init" }]),
            ],
          } as unknown as Container,
        ],
        volumes: [
          ...volumes.map(({ id, type, sizeLimit }) =>
            type === "ephemeral"
              ? { name: `data-${id}`, emptyDir: { sizeLimit } }
              : { name: `data-${id}`, persistentVolumeClaim: { claimName: `data-${id}-${cluster}-node-0` } },
          ),
          token,
          memoryVolume("strimzi-tmp", "5Mi"),
          configVolume("kafka-metrics-and-logging", `${cluster}-node-0`),
          memoryVolume("ready-files", "1Ki"),
          ...(rack === undefined ? [] : [memoryVolume("rack-volume", "1Mi")]),
        ],
      },
    },
    calls: [
      // KafkaBrokerConfigurationBuilder.java: the quorum, the replication listener, and keys by `${strimzisecrets:...}`.
      "kafka 9090",
      "kafka 9091",
      ...apiServerPorts.map((port) => `apiServer ${port}`),
    ],
  };
}

type Container = PodTemplate["spec"]["containers"][number];

const operatorTmp = { topic: "strimzi-to-tmp", user: "strimzi-uo-tmp" } as const;

/** EntityOperator.java, EntityTopicOperator.java, EntityUserOperator.java */
function entityOperator({ kafka, securityProvider, apiServerPorts }: Given): MadePod {
  const cluster = kafka.metadata?.name ?? "";
  const name = `${cluster}-entity-operator`;
  const { topicOperator, userOperator, template } = kafka.spec.entityOperator ?? {};
  const byDefault = { initialDelaySeconds: 10, timeoutSeconds: 5 };
  const container = (
    operator: "topic" | "user",
    port: number,
    given: typeof topicOperator | typeof userOperator,
    contained: ContainerTemplate | undefined,
  ) =>
    ({
      name: `${operator}-operator`,
      image: "strimzi/operator",
      securityContext: containerContext(contained, securityProvider),
      resources: given?.resources,
      ports: [{ containerPort: port }],
      livenessProbe: probe(given?.livenessProbe, byDefault),
      readinessProbe: probe(given?.readinessProbe, byDefault),
      volumeMounts: [
        tokenMount,
        { name: operatorTmp[operator], mountPath: "/tmp" },
        {
          name: `entity-${operator}-operator-metrics-and-logging`,
          mountPath: `/opt/${operator}-operator/custom-config/`,
        },
      ],
    }) as unknown as Container;
  return {
    template: {
      metadata: { labels: labels(cluster, name, "entity-operator") },
      spec: {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        imagePullSecrets: [],
        initContainers: [],
        containers: [
          {
            ...container("topic", 8080, topicOperator, template?.topicOperatorContainer),
            startupProbe: probe(topicOperator?.startupProbe, { failureThreshold: 12 }),
          },
          container("user", 8081, userOperator, template?.userOperatorContainer),
        ],
        volumes: [
          token,
          ...(["topic", "user"] as const).flatMap((operator) => [
            memoryVolume(operatorTmp[operator], "5Mi"),
            configVolume(
              `entity-${operator}-operator-metrics-and-logging`,
              `${cluster}-entity-${operator}-operator-config`,
            ),
          ]),
        ],
      },
    },
    // KafkaResources.bootstrapServiceName with KafkaCluster.REPLICATION_PORT, and the API server.
    calls: ["kafka 9091", ...apiServerPorts.map((port) => `apiServer ${port}`)],
  };
}

/** KafkaCluster.generateNetworkPolicy lists what the operator calls: the quorum, the replication listener, the agent. */
export const operatorCalls = ["kafka 9090", "kafka 9091", "kafka 8443"] as const;

export function strimziPods(given: Given): { readonly broker: MadePod; readonly entityOperator: MadePod } {
  return { broker: broker(given), entityOperator: entityOperator(given) };
}
