import type { Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import { fromSecret } from "../constructs/from-secret";
import type { Manifest } from "../constructs/manifests";
import { containerSecurity, podSecurity, users } from "../constructs/restricted";
import { nodeExceptions } from "../constructs/node-exceptions";
import { nodeCommand, nodeWorkingFolder } from "../constructs/node-pod";
import { kubeScoreExceptions } from "../kube-score-exceptions";
import { kafkaFiles, kafkaSecrets } from "../kafka-client";
import { labelsOf } from "../labels";
import {
  clickhouseUrl,
  clickhouseUsersSecret,
  lakeOptions,
  kafkaAccess,
  serviceAccounts,
  webhdfs,
} from "../names";
import { memory, resourcesWithDisk } from "../quantities";

const reader = "reader";
const minutesToReadItsLog = 60;
const tmpMebibytes = 512;

export function smokeWords(profile: Profile): string[] {
  const { lake, smoke } = profile;
  const { bootstrap, login, caSecret } = kafkaAccess(profile, "smoke");
  return [
    ...["--kafka", bootstrap],
    ...(login === null ? [] : ["--kafka-user", login.user, "--kafka-mechanism", login.mechanism]),
    ...(caSecret === null ? [] : ["--kafka-ca", kafkaFiles.ca]),
    ...lakeOptions(profile),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user],
    ...["--clickhouse", clickhouseUrl(profile), "--clickhouse-user", reader],
    ...["--freshness", String(smoke.freshnessSeconds)],
  ];
}

/**
 * The checks of `smoke/`, once, with the rights that a client has.
 * @param name of the Job: a new one each time, as a Job never runs twice
 * @param words for the checks, behind those that say where the lake is
 */
export function smokeJob(
  profile: Profile,
  name: string,
  words: readonly string[] = [],
): Manifest & { spec: object } {
  const { images, smoke, namespace } = profile;
  const access = kafkaAccess(profile, "smoke");
  // The checks take passwords from the environment; only the authority is a file.
  const folders = kafkaSecrets(access).filter(({ secret }) => secret === access.caSecret);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace,
      labels: labelsOf("smoke"),
      ...kubeScoreExceptions(nodeExceptions(images.node)),
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: smoke.deadlineSeconds,
      ttlSecondsAfterFinished: minutesToReadItsLog * 60,
      template: {
        metadata: { labels: labelsOf("smoke") },
        spec: {
          restartPolicy: "Never",
          serviceAccountName: serviceAccounts.none,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: podSecurity(users.node),
          ...(images.pullSecrets.length > 0 && {
            imagePullSecrets: images.pullSecrets.map((secret) => ({ name: secret })),
          }),
          containers: [
            {
              name: "smoke",
              image: reference(images.node),
              imagePullPolicy: images.node.pullPolicy,
              command: nodeCommand,
              args: ["smoke/cli.ts", ...smokeWords(profile), ...words],
              workingDir: nodeWorkingFolder,
              env: [
                ...(access.login === null
                  ? []
                  : [fromSecret("SMOKE_KAFKA_PASSWORD", access.login.passwordSecret, "password")]),
                fromSecret("SMOKE_CLICKHOUSE_PASSWORD", clickhouseUsersSecret(profile), reader),
              ],
              resources: resourcesWithDisk(smoke.size, tmpMebibytes),
              securityContext: containerSecurity,
              volumeMounts: [
                { name: "tmp", mountPath: "/tmp" },
                ...folders.map(({ secret, folder }) => ({ name: secret, mountPath: folder, readOnly: true })),
              ],
            },
          ],
          volumes: [
            { name: "tmp", emptyDir: { sizeLimit: memory(tmpMebibytes) } },
            ...folders.map(({ secret, keys }) => ({
              name: secret,
              secret: { secretName: secret, items: keys.map((key) => ({ key, path: key })) },
            })),
          ],
        },
      },
    },
  };
}
