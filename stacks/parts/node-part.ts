import type { EnvVar } from "kubernetes-types/core/v1";
import type { Profile } from "../../profiles";
import type { Size } from "../../profiles/schema/size";
import type { SecretFolder } from "../kafka-client";
import type { Part } from "./part";
import { pods } from "./pod-demand";

/** A program of the node image, as a list of its words. */
export interface NodeProgram {
  readonly script: string;
  readonly words: readonly string[];
}

/** A part whose pod runs one program of the node image. */
export interface NodePart<Name extends string = string> extends Part<Name> {
  readonly size: (profile: Profile) => Size;
  readonly program: (profile: Profile) => NodeProgram;
  /** Run one after the other before the program starts. */
  readonly before: (profile: Profile) => readonly NodeProgram[];
  /** Mounted as folders. */
  readonly secrets: (profile: Profile) => readonly SecretFolder[];
  readonly environment: (profile: Profile) => EnvVar[];
  /** Of the folder for temporary files, the only one that it writes to. */
  readonly tmpMebibytes: number;
  /** Whose token the pod gets; null: it has no rights and no token. */
  readonly account: string | null;
}

const usual = {
  before: () => [],
  secrets: () => [],
  environment: () => [],
  tmpMebibytes: 256,
  account: null,
} as const;

type Usual = keyof typeof usual;

/** Such a part: what it leaves out is as most have it, and its pod is what it asks of the cluster. */
export function nodePart<Name extends string>(
  record: Omit<NodePart<Name>, "pods" | Usual> & Partial<Pick<NodePart<Name>, Usual>>,
): NodePart<Name> {
  return { ...usual, ...record, pods: (profile) => [pods(record.name, record.size(profile))] };
}
