import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { SingletonDeployment } from "../constructs/singleton-deployment";
import { clickhouseUrl, clickhouseUsersSecret, lakeOptions, webhdfs } from "../names";

const passwordFolder = "/var/run/secrets/lake/clickhouse";
const user = "serve";

export const serveScript = "jobs/serve/cli.ts";

export function serveWords(profile: Profile): string[] {
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
export class Serve extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    new SingletonDeployment(this, "worker", {
      component: "serve",
      profile,
      size: profile.serve.size,
      before: [],
      program: { script: serveScript, words: serveWords(profile) },
      secrets: [{ secret: clickhouseUsersSecret(profile), folder: passwordFolder, keys: [user] }],
    });
  }
}
