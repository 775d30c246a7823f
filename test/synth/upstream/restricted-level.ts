import { z } from "zod";

/**
 * The Pod Security level `restricted` of Kubernetes 1.30, as its page "Pod Security Standards" lists it. Of a security context it
 * knows only the fields that the project's pods and third-party charts set; any other field is refused until it is added here.
 */

const absent = z.literal(false, "allowed: false, or nothing").optional();
const notRoot = z.int().min(1, "allowed: a user that is not root").optional();
const seccompProfile = z
  .strictObject({ type: z.enum(["RuntimeDefault", "Localhost"]), localhostProfile: z.string().optional() })
  .optional();

const podContext = z.strictObject({
  runAsNonRoot: z.literal(true).optional(),
  runAsUser: notRoot,
  runAsGroup: z.int().optional(),
  fsGroup: z.int().optional(),
  fsGroupChangePolicy: z.string().optional(),
  seccompProfile,
});

const containerContext = z.strictObject({
  allowPrivilegeEscalation: z.literal(false, "allowed: false"),
  privileged: absent,
  readOnlyRootFilesystem: z.boolean().optional(),
  runAsNonRoot: z.literal(true).optional(),
  runAsUser: notRoot,
  runAsGroup: z.int().optional(),
  seccompProfile,
  capabilities: z.strictObject({
    drop: z.array(z.string()).refine((dropped) => dropped.includes("ALL"), "allowed: ALL, or more"),
    add: z.array(z.literal("NET_BIND_SERVICE")).optional(),
  }),
});

const container = z.looseObject({
  name: z.string(),
  securityContext: containerContext,
  ports: z.array(z.looseObject({ hostPort: z.literal(0).optional() })).default([]),
});

const volumeKinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
] as const;

const volume = z.strictObject({
  name: z.string(),
  ...Object.fromEntries(volumeKinds.map((kind) => [kind, z.looseObject({}).optional()])),
});

const pod = z
  .looseObject({
    hostNetwork: absent,
    hostPID: absent,
    hostIPC: absent,
    securityContext: podContext.default({}),
    initContainers: z.array(container).default([]),
    containers: z.array(container).min(1),
    volumes: z.array(volume).default([]),
  })
  .superRefine(({ securityContext, initContainers, containers }, context) => {
    for (const { name, securityContext: own } of [...initContainers, ...containers])
      for (const field of ["runAsNonRoot", "seccompProfile"] as const)
        if ((own[field] ?? securityContext[field]) === undefined)
          context.addIssue({
            code: "custom",
            path: [name, field],
            message: "allowed: set here or for the pod",
          });
  });

/** Why a namespace of the level `restricted` would refuse a pod of this specification; empty when it is admitted. */
export function violations(spec: unknown): string[] {
  const parsed = pod.safeParse(spec);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}
