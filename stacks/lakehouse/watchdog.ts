import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { Account } from "../constructs/account";
import { Grant } from "../constructs/grant";
import { ScheduledJob } from "../constructs/scheduled-job";
import { kafkaOptions, kafkaSecrets } from "../kafka-client";
import { kafkaAccess, serviceAccounts, webhdfs } from "../names";
import { sparkSteps } from "./spark-application";
import { after } from "../terraform/after";

export const watchdogScript = "jobs/watchdog/cli.ts";

const name = serviceAccounts.watchdog;
const apiGroups = ["sparkoperator.k8s.io"];
const resourceNames = [...sparkSteps];

/** Enough to be told by each NameNode of two, and by Kafka, that nobody answers. */
const deadlineSeconds = 180;

export function watchdogWords(profile: Profile): string[] {
  const { lake, namespace, watchdog } = profile;
  return [
    ...kafkaOptions(kafkaAccess(profile, "watchdog")),
    ...["--webhdfs", webhdfs(profile), "--hdfs-user", lake.user, "--lake", lake.root],
    ...["--namespace", namespace, "--stale-seconds", String(watchdog.staleSeconds)],
  ];
}

/** Finds bronze, silver or gold stuck by data that nobody carries on, and has it started again. */
export class Watchdog extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    const { namespace, watchdog } = profile;
    const account = new Account(this, "account", { name, namespace, token: true });
    const grant = new Grant(this, "grant", {
      name,
      namespace,
      account: { name, namespace },
      rules: [
        { apiGroups, resources: ["sparkapplications"], resourceNames, verbs: ["get"] },
        // The status alone: with it an application is started again as it is, and is given nothing else to run.
        { apiGroups, resources: ["sparkapplications/status"], resourceNames, verbs: ["patch"] },
        { apiGroups: [""], resources: ["events"], verbs: ["create"] },
      ],
    });
    after(grant, account);
    const job = new ScheduledJob(this, "job", {
      component: "watchdog",
      profile,
      size: watchdog.size,
      everyMinutes: watchdog.everyMinutes,
      deadlineSeconds,
      before: [],
      program: { script: watchdogScript, words: watchdogWords(profile) },
      secrets: kafkaSecrets(kafkaAccess(profile, "watchdog")),
      account: name,
    });
    after(job, grant);
  }
}
