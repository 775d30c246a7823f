import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { Account } from "../constructs/account";
import { Grant } from "../constructs/grant";
import { ScheduledJob } from "../constructs/scheduled-job";
import { serviceAccounts } from "../names";
import { watchdog } from "../parts/watchdog";
import { sparkSteps } from "./spark-application";
import { after } from "../terraform/after";

const name = serviceAccounts.watchdog;
const apiGroups = ["sparkoperator.k8s.io"];
const resourceNames = [...sparkSteps];

/** Long enough for requests to two NameNodes and to Kafka to time out. */
const deadlineSeconds = 180;

/** The watchdog's CronJob, with the rights to restart an application. */
export class Watchdog extends Construct {
  constructor(scope: Construct, id: string, profile: Profile) {
    super(scope, id);
    const { namespace } = profile;
    const account = new Account(this, "account", { name, namespace, token: true });
    const grant = new Grant(this, "grant", {
      name,
      namespace,
      account: { name, namespace },
      rules: [
        { apiGroups, resources: ["sparkapplications"], resourceNames, verbs: ["get"] },
        // Only the status: a patch restarts an application as it is, and can't change what it runs.
        { apiGroups, resources: ["sparkapplications/status"], resourceNames, verbs: ["patch"] },
        { apiGroups: [""], resources: ["events"], verbs: ["create"] },
      ],
    });
    after(grant, account);
    const job = new ScheduledJob(this, "job", {
      part: watchdog,
      profile,
      everyMinutes: profile.watchdog.everyMinutes,
      deadlineSeconds,
    });
    after(job, grant);
  }
}
