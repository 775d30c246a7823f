import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import type { Profile } from "../../profiles";
import { fromSecret } from "../constructs/from-secret";
import { kafkaFiles, kafkaSecrets } from "../kafka-client";
import { clickhouseUrl, clickhouseUsersSecret, kafkaAccess, lakeOptions, webhdfs } from "../names";
import { readersGroups, topicAcl } from "./acl";
import { nodePart } from "./node-part";
import { makers } from "./part";

const reader = "reader";

function ownArgs(profile: Profile): string[] {
  const { lake } = profile;
  const { bootstrap, login, caSecret } = kafkaAccess(profile, "smoke");
  return [
    ...["--kafka", bootstrap],
    ...(login === null ? [] : ["--kafka-user", login.user, "--kafka-mechanism", login.mechanism]),
    ...(caSecret === null ? [] : ["--kafka-ca", kafkaFiles.ca]),
    ...lakeOptions(profile),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user],
    ...["--clickhouse", clickhouseUrl(profile), "--clickhouse-user", reader],
    ...["--freshness", String(profile.smoke.freshnessSeconds)],
  ];
}

/** The checks of `smoke/`, with the rights of an ordinary client. */
export const smoke = nodePart({
  name: "smoke",
  isThere: () => true,
  calls: ["kafka", "webHdfs", "clickhouse"],
  // It reads the topics that it compares, and writes probe events. It only checks that the fraud truth's topic exists.
  kafkaRights: [
    ...[...eventTopics, ledgerTopic].map((name) => topicAcl(name, "Read", "Write", "Describe")),
    topicAcl(fraudTruthTopic, "Describe"),
    readersGroups,
  ],
  size: (profile) => profile.smoke.size,
  program: (profile) => ({ script: "smoke/cli.ts", args: ownArgs(profile) }),
  // Passwords come from the environment; only the CA certificate is a file.
  secrets: (profile) => {
    const access = kafkaAccess(profile, "smoke");
    return kafkaSecrets(access).filter(({ secret }) => secret === access.caSecret);
  },
  environment: (profile) => {
    const { login } = kafkaAccess(profile, "smoke");
    return [
      ...(login === null ? [] : [fromSecret("SMOKE_KAFKA_PASSWORD", login.passwordSecret, "password")]),
      fromSecret("SMOKE_CLICKHOUSE_PASSWORD", clickhouseUsersSecret(profile), reader),
    ];
  },
  tmpMebibytes: 512,
  // With observability the CronJob `lake-watch` has the same labels.
  madeBy: ({ observability }) => (observability.enabled ? undefined : makers.smoke),
});
