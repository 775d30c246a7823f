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
 * The options of the image's own file, without its last lines: they open a port through which anybody who reaches the
 * pod could run code in it. A JVM that is out of memory exits, and writes no dump that would fill the disk.
 */
const javaOptions = ["-Dfile.encoding=UTF-8", "-Djava.awt.headless=true", "-XX:+ExitOnOutOfMemoryError"];

/** The schema ensures that a profile with AKHQ has a Kafka with logins. */
function accessOf(profile: Profile): AkhqAccess {
  const { login, ...access } = kafkaAccess(profile, "akhq");
  if (login === null) throw new Error(`profile ${profile.name}: akhq.enabled without a log-in to Kafka`);
  return { ...access, login };
}

export function akhqLoginArgs(profile: Profile): string[] {
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
    // A Secret's name may be invalid as the name of a volume.
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
    // It has no token, and has the pull Secrets: the chart can't put more than one into the pod.
    serviceAccountName: serviceAccounts.none,
    configuration: akhqConfiguration(access),
    initContainers: {
      login: {
        image: reference(images.node),
        imagePullPolicy: images.node.pullPolicy,
        command: nodeCommand,
        args: [akhqLoginScript, ...akhqLoginArgs(profile)],
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
    // Both containers run as one user: the file that one writes for the other is readable by its owner only.
    securityContext: podSecurity(users.node),
    containerSecurityContext: containerSecurity,
    // The chart has no startup probe, and its default liveness probe ends a JVM that needs more than 35 s to start.
    livenessProbe: { initialDelaySeconds: secondsForJvmToStart, failureThreshold: 6 },
    resources,
    // The chart's own policy lets any pod in.
    networkPolicy: { enabled: false },
  };
}
