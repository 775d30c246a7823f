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

/** Enough to be told by each NameNode of two, and by Kafka, that nobody answers. */
const deadlineSeconds = 180;

/** The watchdog, with the rights to start an application again. */
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
        // The status alone: with it an application is started again as it is, and is given nothing else to run.
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
