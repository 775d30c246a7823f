import { userInfo } from "node:os";
import { SetUpFailure } from "./failure";

/**
 * Checks that the user id has a name. Containers may run with a user id that has none (OpenShift does so).
 * @param uid the user id of this process
 * @param lookUp throws when the machine has no name for the user id
 * @throws SetUpFailure when there is no name, which Hadoop's client needs
 */
export function requireUserName(uid: number | undefined, lookUp: () => unknown = userInfo): void {
  try {
    lookUp();
  } catch {
    throw new SetUpFailure(
      `This machine has no name for user id ${uid}, and Hadoop's Java client needs one: add the line ` +
        `"lake:x:${uid}:0:lake:/tmp:/bin/sh" to /etc/passwd, or run as a user who is in it.`,
    );
  }
}
