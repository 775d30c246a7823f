/** Checks of kube-score that something here goes against on purpose, by kube-score's own ids. */
export type Check =
  "container-image-pull-policy" | "container-security-context-user-group-id" | "networkpolicy-targets-pod";

export interface Exception {
  readonly check: Check;
  /** Why this object is right as it is, for whoever reviews it. */
  readonly reason: string;
}

const ignored = "kube-score/ignore";

/** For an object's metadata: annotations that keep kube-score from checking it for something, and say beside that why. */
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
