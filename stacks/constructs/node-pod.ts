import type { Container, PodSpec } from "kubernetes-types/core/v1";
import type { Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import { serviceAccounts } from "../names";
import type { NodePart, NodeProgram } from "../parts/node-part";
import { memory, resourcesWithDisk } from "../quantities";
import { containerSecurity, podSecurity, users } from "./restricted";

export const nodeCommand = ["node", "--import", "tsx"];
export const nodeWorkingFolder = "/opt/lake";

/** A busy node answers late: a page that only shows the lake is restarted after two minutes without an answer. */
function listening(listens: NodePart["listens"]) {
  if (listens === null) return {};
  const httpGet = { path: listens.healthPath, port: "http" };
  return {
    ports: [{ name: "http", containerPort: listens.port }],
    startupProbe: { httpGet, periodSeconds: 3, failureThreshold: 60, timeoutSeconds: 5 },
    readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5 },
    livenessProbe: { httpGet, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 },
  };
}

/** The pod of a part that runs a program of the node image. */
export function nodePod(part: NodePart, profile: Profile) {
  const { images } = profile;
  const [secrets, env, before] = [part.secrets(profile), part.environment(profile), part.before(profile)];
  const container = (name: string, { script, args }: NodeProgram, listens: NodePart["listens"] = null) =>
    ({
      name,
      image: reference(images.node),
      imagePullPolicy: images.node.pullPolicy,
      command: nodeCommand,
      args: [script, ...args],
      workingDir: nodeWorkingFolder,
      ...(env.length > 0 && { env }),
      ...listening(listens),
      resources: resourcesWithDisk(part.size(profile), part.tmpMebibytes),
      securityContext: containerSecurity,
      volumeMounts: [
        // tsx keeps its compiled files there.
        { name: "tmp", mountPath: "/tmp" },
        ...secrets.map(({ secret, folder }) => ({ name: secret, mountPath: folder, readOnly: true })),
      ],
    }) satisfies Container;
  return {
    serviceAccountName: part.account ?? serviceAccounts.none,
    automountServiceAccountToken: part.account !== null,
    enableServiceLinks: false,
    securityContext: podSecurity(users.node),
    ...(images.pullSecrets.length > 0 && { imagePullSecrets: images.pullSecrets.map((name) => ({ name })) }),
    ...(before.length > 0 && {
      initContainers: before.map((program, index) => container(`before-${index + 1}`, program)),
    }),
    containers: [container(part.name, part.program(profile), part.listens)],
    volumes: [
      { name: "tmp", emptyDir: { sizeLimit: memory(part.tmpMebibytes) } },
      ...secrets.map(({ secret, keys }) => ({
        name: secret,
        secret: { secretName: secret, items: keys.map((key) => ({ key, path: key })) },
      })),
    ],
  } satisfies PodSpec;
}

export type NodePod = ReturnType<typeof nodePod>;
