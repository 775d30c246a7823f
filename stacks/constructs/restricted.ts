/** Security contexts that the `restricted` Pod Security level asks for, and a root file system that nobody writes to. */

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
