import type { Image } from "../../profiles/schema/image";
import type { Exception } from "../kube-score-exceptions";
import { users } from "./restricted";

/** Checks of kube-score that pods of the node image fail on purpose, and why. */
export function nodeExceptions({ pullPolicy }: Image): readonly Exception[] {
  const pulled: Exception = {
    check: "container-image-pull-policy",
    reason:
      "The image is named by its version or digest, so a node that has it has the right one; where images are loaded into nodes there is nothing to pull from.",
  };
  const user: Exception = {
    check: "container-security-context-user-group-id",
    reason: `User and group ${users.node} are those that the image is built and tested with; it may write to volumes of the pod alone, and shares none with another pod.`,
  };
  return pullPolicy === "Always" ? [user] : [pulled, user];
}
