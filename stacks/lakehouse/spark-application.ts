import type { Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import type { SparkJob } from "../../profiles/schema/jobs";
import type { SparkSize } from "../../profiles/schema/size";
import { versions } from "../../versions";
import type { Manifest } from "../constructs/manifests";
import { containerSecurity, podSecurity, users } from "../constructs/restricted";
import type { SecretFolder } from "../kafka-client";
import { labelsOf } from "../labels";
import { hdfsClientConfigMap, serviceAccounts, sparkPorts } from "../names";
import { metricsNamespace } from "../observability/spark-metrics";
import { cpu } from "../quantities";

/** The steps of the lake, each of which is one Spark application. */
export const sparkSteps = ["bronze", "silver", "gold"] as const;

export type SparkStep = (typeof sparkSteps)[number];

export interface SparkApplicationProps {
  readonly name: SparkStep;
  /** Path in the image, below `/opt/lake`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly job: SparkJob;
  readonly secrets: readonly SecretFolder[];
  readonly sparkConf: Readonly<Record<string, string>>;
}

const secondsToRestart = 10;

/** How long the JVM caches DNS look-ups: a NameNode that restarts has another address. */
const secondsOfNames = 30;

/**
 * Where one core or the driver itself does the work, with little data: the optimising compiler (C2) would take a third of
 * the CPU in the first quarter of an hour. With one compiler the JVM's default code cache is 48 MB, and compiling stops once it is full.
 */
const oneCompiler = " -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=160m";

function pod(
  { cores, cpuMillis, cpuLimitMillis, heapMebibytes, overheadMebibytes }: SparkSize,
  moreJavaOptions = "",
) {
  return {
    cores,
    coreRequest: cpu(cpuMillis),
    coreLimit: cpu(cpuLimitMillis),
    memory: `${heapMebibytes}m`,
    memoryOverhead: `${overheadMebibytes}m`,
    javaOptions: `-XX:+UseSerialGC -Dsun.net.inetaddr.ttl=${secondsOfNames}${moreJavaOptions}`,
  };
}

/** A Spark program that always runs: whatever ends it, it is restarted and continues from its state on HDFS. */
export function sparkApplication(
  profile: Profile,
  props: SparkApplicationProps,
): Manifest & { spec: object } {
  const { name, job } = props;
  const { images, namespace, lake, observability } = profile;
  const compilers = job.executors * job.executor.cores <= 1 ? oneCompiler : "";
  const both = {
    labels: labelsOf(name),
    env: [
      { name: "HADOOP_USER_NAME", value: lake.user },
      { name: "PYTHONUNBUFFERED", value: "1" },
    ],
    secrets: props.secrets.map(({ secret, folder }) => ({
      name: secret,
      path: folder,
      secretType: "Generic",
    })),
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      { name: "spark-local-dir-1", mountPath: "/var/data/spark" },
    ],
    podSecurityContext: podSecurity(users.spark),
    securityContext: containerSecurity,
  };
  return {
    apiVersion: "sparkoperator.k8s.io/v1beta2",
    kind: "SparkApplication",
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      type: "Python",
      mode: "cluster",
      pythonVersion: "3",
      sparkVersion: versions.spark,
      image: reference(images.spark),
      imagePullPolicy: images.spark.pullPolicy,
      ...(images.pullSecrets.length > 0 && { imagePullSecrets: images.pullSecrets }),
      mainApplicationFile: `local:///opt/lake/${props.script}`,
      arguments: [
        ...props.args,
        ...(job.executors === 0 ? ["--spark-conf", `spark.master=local[${job.driver.cores}]`] : []),
      ],
      // The program exits with success when its driver is asked to stop: only `Always` restarts it then.
      restartPolicy: {
        type: "Always",
        onFailureRetryInterval: secondsToRestart,
        onSubmissionFailureRetryInterval: secondsToRestart,
      },
      hadoopConfigMap: hdfsClientConfigMap(profile),
      sparkConf: {
        // The default is a random port, which no NetworkPolicy allows: shuffle blocks could not be fetched.
        "spark.blockManager.port": String(sparkPorts.blockManager),
        ...(observability.enabled && {
          "spark.ui.enabled": "true",
          "spark.ui.prometheus.enabled": "true",
          // The default is the application's id, which would rename the metrics at each restart.
          "spark.metrics.namespace": metricsNamespace,
          "spark.metrics.conf.*.sink.prometheusServlet.class":
            "org.apache.spark.metrics.sink.PrometheusServlet",
          "spark.metrics.conf.*.sink.prometheusServlet.path": "/metrics/prometheus",
        }),
        ...props.sparkConf,
      },
      volumes: [
        { name: "tmp", emptyDir: {} },
        // Spark uses a volume of this name for shuffle and spill files.
        { name: "spark-local-dir-1", emptyDir: {} },
      ],
      driver: {
        ...both,
        ...pod(job.driver, compilers),
        serviceAccount: serviceAccounts.sparkDriver,
      },
      executor: {
        ...both,
        ...pod(job.executor, compilers),
        // The operator does not accept 0; a driver with a local master starts no executor.
        instances: Math.max(1, job.executors),
        serviceAccount: serviceAccounts.sparkExecutor,
      },
    },
  };
}
