import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { Account } from "../constructs/account";
import { Grant } from "../constructs/grant";
import { serviceAccounts } from "../names";
import { after } from "../terraform/after";

const verbs = ["create", "get", "list", "watch", "update", "patch", "delete", "deletecollection"];

/** Accounts of Spark's pods: a driver may create and delete executors and what they need, an executor has no rights. */
export class SparkAccounts extends Construct {
  constructor(scope: Construct, id: string, { namespace }: Profile) {
    super(scope, id);
    const driver = new Account(this, "driver", { name: serviceAccounts.sparkDriver, namespace, token: true });
    new Account(this, "executor", { name: serviceAccounts.sparkExecutor, namespace, token: false });
    const grant = new Grant(this, "grant", {
      name: serviceAccounts.sparkDriver,
      namespace,
      account: { name: serviceAccounts.sparkDriver, namespace },
      rules: [
        { apiGroups: [""], resources: ["pods", "services", "configmaps", "persistentvolumeclaims"], verbs },
      ],
    });
    after(grant, driver);
  }
}
