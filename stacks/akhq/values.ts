import type { Profile } from "../../profiles";
import { reference, tagWithDigest } from "../../profiles/schema/image";
import { fromSecret } from "../constructs/from-secret";
import { nodeCommand, nodeWorkingFolder } from "../constructs/node-pod";
import type { Values } from "../constructs/release";
import { containerSecurity, podSecurity, users } from "../constructs/restricted";
import { kafkaFiles, kafkaSecrets } from "../kafka-client";
import { akhqLoginSecret, kafkaAccess, kafkaCluster, serviceAccounts } from "../names";
import { secondsForJvmToStart } from "../patience";
import { memory, resourcesWithDisk } from "../quantities";
import { akhqConfiguration, type AkhqAccess } from "./configuration";
import { akhqLogins, hashVariable } from "./logins";

export const akhqLoginScript = "jobs/akhq/cli.ts";

const tmpMebibytes = 128;
const loginFolder = "/var/run/akhq";
const loginFile = `${loginFolder}/kafka-login.yml`;

/**
 * What the image's own file of options says, but for its last lines, which open a port at which whoever reaches the pod
 * could run code in it; and a JVM without memory ends, in place of a dump that fills the disk.
 */
const javaOptions = ["-Dfile.encoding=UTF-8", "-Djava.awt.headless=true", "-XX:+ExitOnOutOfMemoryError"];

/** A profile with AKHQ has a Kafka that asks for a log-in: the schema sees to it. */
function accessOf(profile: Profile): AkhqAccess {
  const { login, ...access } = kafkaAccess(profile, "akhq");
  if (login === null) throw new Error(`profile ${profile.name}: akhq.enabled without a log-in to Kafka`);
  return { ...access, login };
}

export function akhqLoginWords(profile: Profile): string[] {
  const { login } = accessOf(profile);
  return [
    ...["--kafka-user", login.user, "--kafka-mechanism", login.mechanism],
    ...["--kafka-password-file", kafkaFiles.password],
    ...["--connection", kafkaCluster, "--out", loginFile],
  ];
}

/** Values of AKHQ's chart. */
export function akhqValues(profile: Profile): Values {
  const { akhq, images } = profile;
  const access = accessOf(profile);
  const secrets = kafkaSecrets(access).map((secret) => ({
    ...secret,
    // A Secret may have a name that no volume can have.
    volume: secret.folder === kafkaFiles.caFolder ? "kafka-ca" : "kafka-password",
  }));
  const mounts = secrets.map(({ volume, folder }) => ({ name: volume, mountPath: folder, readOnly: true }));
  const [tmp, login] = [
    { name: "tmp", mountPath: "/tmp" },
    { name: "login", mountPath: loginFolder },
  ];
  const resources = resourcesWithDisk(akhq.size, tmpMebibytes);
  return {
    image: {
      ...(akhq.image !== null && { repository: akhq.image.repository, tag: tagWithDigest(akhq.image) }),
      pullPolicy: akhq.image?.pullPolicy ?? "IfNotPresent",
    },
    // Without a token, and with the Secrets for the registry: two of them the chart can't write into a pod.
    serviceAccountName: serviceAccounts.none,
    configuration: akhqConfiguration(access),
    initContainers: {
      login: {
        image: reference(images.node),
        imagePullPolicy: images.node.pullPolicy,
        command: nodeCommand,
        args: [akhqLoginScript, ...akhqLoginWords(profile)],
        workingDir: nodeWorkingFolder,
        resources,
        securityContext: containerSecurity,
        volumeMounts: [tmp, login, ...mounts],
      },
    },
    extraEnv: [
      { name: "JVM_OPTS_FILE", value: "/dev/null" },
      { name: "JAVA_OPTS", value: [`-Xmx${akhq.size.heapMebibytes}m`, ...javaOptions].join(" ") },
      { name: "MICRONAUT_CONFIG_FILES", value: `/app/application.yml,${loginFile}` },
      ...akhqLogins.map((name) => fromSecret(hashVariable(name), akhqLoginSecret(profile), `${name}-sha256`)),
    ],
    extraVolumes: [
      { name: "tmp", emptyDir: { sizeLimit: memory(tmpMebibytes) } },
      { name: "login", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      ...secrets.map(({ volume, secret, keys }) => ({
        name: volume,
        secret: { secretName: secret, items: keys.map((key) => ({ key, path: key })) },
      })),
    ],
    extraVolumeMounts: [
      tmp,
      { ...login, readOnly: true },
      ...mounts.filter(({ mountPath }) => mountPath === kafkaFiles.caFolder),
    ],
    // Both containers as one user: what one writes for the other nobody else may read.
    securityContext: podSecurity(users.node),
    containerSecurityContext: containerSecurity,
    // The chart has no startup probe, and by itself ends a JVM that does not answer within 35 s, again and again.
    livenessProbe: { initialDelaySeconds: secondsForJvmToStart, failureThreshold: 6 },
    resources,
    // Its own allows any pod in.
    networkPolicy: { enabled: false },
  };
}
