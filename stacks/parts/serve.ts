import type { Profile } from "../../profiles";
import { clickhouseUrl, clickhouseUsersSecret, lakeOptions, webhdfs } from "../names";
import { nodePart } from "./node-part";

const passwordFolder = "/var/run/secrets/lake/clickhouse";
const user = "serve";

function ownArgs(profile: Profile): string[] {
  const { serve, lake } = profile;
  return [
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user],
    ...lakeOptions(profile),
    ...["--clickhouse", clickhouseUrl(profile)],
    ...["--clickhouse-user", user, "--clickhouse-password-file", `${passwordFolder}/${user}`],
    ...["--grace-seconds", String(serve.graceSeconds)],
    ...["--poll-seconds", String(serve.pollSeconds)],
    ...["--check-seconds", String(serve.checkSeconds)],
  ];
}

/** Publishes gold to ClickHouse. */
export const serve = nodePart({
  name: "serve",
  isThere: () => true,
  calls: ["webHdfs", "clickhouse"],
  kafkaRights: [],
  size: (profile) => profile.serve.size,
  program: (profile) => ({ script: "jobs/serve/cli.ts", args: ownArgs(profile) }),
  secrets: (profile) => [{ secret: clickhouseUsersSecret(profile), folder: passwordFolder, keys: [user] }],
});
