import type { Manifest } from "../../../stacks/constructs/manifests";

/** A check that an object asks kube-score to leave out, and the reason given with it. */
export interface GivenException {
  readonly check: string;
  readonly reason: string | undefined;
}

export function exceptionsIn({ metadata: { annotations = {} } }: Manifest): GivenException[] {
  return (annotations["kube-score/ignore"] ?? "")
    .split(",")
    .filter((check) => check !== "")
    .map((check) => ({ check, reason: annotations[`reason.kube-score/${check}`] }));
}
