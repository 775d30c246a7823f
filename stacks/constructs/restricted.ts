/** Security contexts as the `restricted` Pod Security level requires them, with a read-only root file system. */

export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] as string[] },
  seccompProfile: { type: "RuntimeDefault" as const },
};

/** User ids of the project's images. */
export const users = { spark: 185, node: 1000, hdfs: 1001 } as const;

export function podSecurity(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  } as const;
}
