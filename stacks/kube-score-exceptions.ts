/** Ids of the kube-score checks that some objects fail on purpose. */
export type Check =
  "container-image-pull-policy" | "container-security-context-user-group-id" | "networkpolicy-targets-pod";

export interface Exception {
  readonly check: Check;
  /** Why the object is right as it is, for a reviewer. */
  readonly reason: string;
}

const ignored = "kube-score/ignore";

/** Metadata whose annotations exempt an object from kube-score checks, with the reason for each. */
export function kubeScoreExceptions(exceptions: readonly Exception[]): {
  annotations?: Record<string, string>;
} {
  if (exceptions.length === 0) return {};
  const reasons = exceptions.map(({ check, reason }) => [`reason.kube-score/${check}`, reason] as const);
  return {
    annotations: {
      [ignored]: exceptions.map(({ check }) => check).join(","),
      ...Object.fromEntries(reasons),
    },
  };
}
