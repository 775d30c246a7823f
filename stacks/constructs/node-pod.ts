import type { Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import type { Size } from "../../profiles/schema/size";
import type { SecretFolder } from "../kafka-client";
import type { Component } from "../labels";
import { serviceAccounts } from "../names";
import { memory, resourcesWithDisk } from "../quantities";
import { literal } from "../terraform/literal";
import { containerSecurity, podSecurity, users } from "./restricted";

/** A program of the node image, as a list of its words. */
export interface NodeProgram {
  readonly script: string;
  readonly words: readonly string[];
}

export interface NodePodProps {
  readonly component: Component;
  readonly profile: Profile;
  readonly size: Size;
  /** Run one after the other before the program starts. */
  readonly before: readonly NodeProgram[];
  readonly program: NodeProgram;
  readonly secrets: readonly SecretFolder[];
  /** Whose token the pod gets; without it the pod has no rights and no token. */
  readonly account?: string;
}

export const nodeCommand = ["node", "--import", "tsx"];
export const nodeWorkingFolder = "/opt/lake";

const tmpMebibytes = 256;

/** The specification of a pod of the node image, in the words of the Terraform provider. */
export function nodePod(props: NodePodProps) {
  const { component, secrets, account } = props;
  const { images } = props.profile;
  const container = (name: string, { script, words }: NodeProgram) => ({
    name,
    image: reference(images.node),
    imagePullPolicy: images.node.pullPolicy,
    command: nodeCommand,
    args: [script, ...words.map(literal)],
    workingDir: nodeWorkingFolder,
    resources: resourcesWithDisk(props.size, tmpMebibytes),
    securityContext: containerSecurity,
    volumeMount: [
      // The loader of TypeScript keeps what it compiled there.
      { name: "tmp", mountPath: "/tmp" },
      ...secrets.map(({ secret, folder }) => ({ name: secret, mountPath: folder, readOnly: true })),
    ],
  });
  return {
    serviceAccountName: account ?? serviceAccounts.none,
    automountServiceAccountToken: account !== undefined,
    enableServiceLinks: false,
    securityContext: podSecurityBlock(users.node),
    imagePullSecrets: images.pullSecrets.map((name) => ({ name })),
    initContainer: props.before.map((program, index) => container(`before-${index + 1}`, program)),
    container: [container(component, props.program)],
    volume: [
      { name: "tmp", emptyDir: { sizeLimit: memory(tmpMebibytes) } },
      ...secrets.map(({ secret, keys }) => ({
        name: secret,
        secret: { secretName: secret, items: keys.map((key) => ({ key, path: key })) },
      })),
    ],
  };
}

/** Terraform has these ids as texts. */
function podSecurityBlock(user: number) {
  const { runAsNonRoot, seccompProfile } = podSecurity(user);
  const id = String(user);
  return { runAsNonRoot, seccompProfile, runAsUser: id, runAsGroup: id, fsGroup: id };
}
