import type { EnvVar } from "kubernetes-types/core/v1";
import type { Profile } from "../../profiles";
import type { Size } from "../../profiles/schema/size";
import type { SecretFolder } from "../kafka-client";
import type { Part } from "./part";
import { pods } from "./pod-demand";

/** A program of the node image: its script and arguments. */
export interface NodeProgram {
  readonly script: string;
  readonly args: readonly string[];
}

/** A part whose pod runs one program of the node image. */
export interface NodePart<Name extends string = string> extends Part<Name> {
  readonly size: (profile: Profile) => Size;
  readonly program: (profile: Profile) => NodeProgram;
  /** Programs that run one after the other before `program` starts, as init containers. */
  readonly before: (profile: Profile) => readonly NodeProgram[];
  /** Secrets that are mounted as folders. */
  readonly secrets: (profile: Profile) => readonly SecretFolder[];
  readonly environment: (profile: Profile) => EnvVar[];
  /** Size limit of `/tmp`, the only folder that it writes to. */
  readonly tmpMebibytes: number;
  /** Service account whose token the pod gets; null: the pod has no rights and no token. */
  readonly account: string | null;
  /** The port at which it answers over HTTP, and the path of its probes; null: nothing calls it. */
  readonly listens: { readonly port: number; readonly healthPath: string } | null;
}

const usual = {
  before: () => [],
  secrets: () => [],
  environment: () => [],
  tmpMebibytes: 256,
  account: null,
  listens: null,
} as const;

type Usual = keyof typeof usual;

/** Makes a `NodePart`: fields that are left out get the usual values, and its demand is one pod. */
export function nodePart<Name extends string>(
  record: Omit<NodePart<Name>, "pods" | Usual> & Partial<Pick<NodePart<Name>, Usual>>,
): NodePart<Name> {
  return { ...usual, ...record, pods: (profile) => [pods(record.name, record.size(profile))] };
}
