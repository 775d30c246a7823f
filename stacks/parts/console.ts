import { healthPath } from "../../console/health-path";
import { people } from "../../console/people";
import { eventTopics } from "../../lake/events";
import { fraudTruthTopic, ledgerTopic } from "../../lake/topics";
import type { Profile } from "../../profiles";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import {
  clickhouseUrl,
  clickhouseUsersSecret,
  consoleLoginSecret,
  consoleNames,
  kafkaAccess,
  lakeOptions,
  ports,
  webhdfs,
} from "../names";
import { readersGroups, topicAcl } from "./acl";
import { nodePart } from "./node-part";

const clickhouseFolder = "/var/run/secrets/lake/clickhouse";
const passwordFolder = "/var/run/secrets/lake/console";
const reader = "reader";

function ownArgs(profile: Profile): string[] {
  return [
    ...kafkaOptions(kafkaAccess(profile, "console")),
    ...lakeOptions(profile),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", profile.lake.user],
    ...["--clickhouse", clickhouseUrl(profile)],
    ...["--clickhouse-user", reader, "--clickhouse-password-file", `${clickhouseFolder}/${reader}`],
    ...["--host", "0.0.0.0", "--port", String(ports.console)],
    ...["--passwords", passwordFolder],
    ...["--answer-to", ...consoleNames(profile)],
  ];
}

/** The page that shows the lake live. */
export const consolePage = nodePart({
  name: "console",
  isThere: (profile) => profile.console.enabled,
  calls: ["kafka", "webHdfs", "clickhouse"],
  // It runs the checks, which read the topics that they compare, and sends corrected records to the topics of events.
  kafkaRights: [
    ...eventTopics.map((name) => topicAcl(name, "Read", "Write", "Describe")),
    ...[ledgerTopic, fraudTruthTopic].map((name) => topicAcl(name, "Read", "Describe")),
    readersGroups,
  ],
  size: (profile) => profile.console.size,
  program: (profile) => ({ script: "console/cli.ts", args: ownArgs(profile) }),
  secrets: (profile) => [
    ...kafkaSecrets(kafkaAccess(profile, "console")),
    { secret: clickhouseUsersSecret(profile), folder: clickhouseFolder, keys: [reader] },
    { secret: consoleLoginSecret(profile), folder: passwordFolder, keys: people },
  ],
  listens: { port: ports.console, healthPath },
});
