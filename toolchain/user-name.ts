import { userInfo } from "node:os";
import { SetUpFailure } from "./failure";

/**
 * Containers may run as a number that no user of the machine has (OpenShift does so).
 * @param uid the number of whoever runs this
 * @param lookUp throws when the machine knows no user of that number
 * @throws SetUpFailure then: Hadoop's client asks for the name, and Java finds none
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
