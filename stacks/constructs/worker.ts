import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Construct } from "constructs";
import type { Profile } from "../../profiles";
import { reference } from "../../profiles/schema/image";
import type { Size } from "../../profiles/schema/size";
import type { SecretFolder } from "../kafka-client";
import { componentLabel, labelsOf, type Component } from "../labels";
import { serviceAccounts } from "../names";
import { resourcesOf } from "../quantities";
import { literal } from "../terraform/literal";
import { containerSecurity, podSecurity, users } from "./restricted";

/** A program of the node image, as a list of its words. */
export interface NodeProgram {
  readonly script: string;
  readonly words: readonly string[];
}

export interface WorkerProps {
  readonly component: Component;
  readonly profile: Profile;
  readonly size: Size;
  /** Run one after the other before the program starts. */
  readonly before: readonly NodeProgram[];
  readonly program: NodeProgram;
  readonly secrets: readonly SecretFolder[];
}

export const nodeCommand = ["node", "--import", "tsx"];
export const nodeWorkingFolder = "/opt/lake";

const secondsToStop = 30;

/** One process that runs for ever and must not run twice: the old one ends before the new one starts. */
export class Worker extends Construct {
  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { component, secrets } = props;
    const { namespace, images } = props.profile;
    const container = (name: string, { script, words }: NodeProgram) => ({
      name,
      image: reference(images.node),
      imagePullPolicy: images.node.pullPolicy,
      command: nodeCommand,
      args: [script, ...words.map(literal)],
      workingDir: nodeWorkingFolder,
      resources: resourcesOf(props.size),
      securityContext: containerSecurity,
      volumeMount: [
        // The loader of TypeScript keeps what it compiled there.
        { name: "tmp", mountPath: "/tmp" },
        ...secrets.map(({ secret, folder }) => ({ name: secret, mountPath: folder, readOnly: true })),
      ],
    });
    new DeploymentV1(this, "deployment", {
      metadata: { name: component, namespace, labels: labelsOf(component) },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        selector: { matchLabels: componentLabel(component) },
        template: {
          metadata: { labels: labelsOf(component) },
          spec: {
            serviceAccountName: serviceAccounts.none,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: secondsToStop,
            securityContext: podSecurityBlock(users.node),
            imagePullSecrets: images.pullSecrets.map((name) => ({ name })),
            initContainer: props.before.map((program, index) => container(`before-${index + 1}`, program)),
            container: [container(component, props.program)],
            volume: [
              { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
              ...secrets.map(({ secret, keys }) => ({
                name: secret,
                secret: { secretName: secret, items: keys.map((key) => ({ key, path: key })) },
              })),
            ],
          },
        },
      },
    });
  }
}

/** Terraform has these ids as texts. */
function podSecurityBlock(user: number) {
  const { runAsNonRoot, seccompProfile } = podSecurity(user);
  const id = String(user);
  return { runAsNonRoot, seccompProfile, runAsUser: id, runAsGroup: id, fsGroup: id };
}
